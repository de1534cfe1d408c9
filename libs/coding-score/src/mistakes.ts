import { type ClaimType } from '#events';
import { type ScoredStatement } from './statement.scorer.ts';

/** A claim that was missed, or found where there is none, with its sentence. */
export interface MistakenClaim {
  readonly id: string;
  readonly type: ClaimType;
  readonly corridor: string;
  readonly speaker: string;
  readonly text: string;
}

export function missesOf(statements: readonly ScoredStatement[]): readonly MistakenClaim[] {
  return statements.flatMap((statement) => {
    const found = new Set(statement.pairs.map(({ gold }) => gold));
    return statement.gold.filter((claim) => !found.has(claim)).map((claim) => mistake(statement, claim));
  });
}

export function falseAlarmsOf(statements: readonly ScoredStatement[]): readonly MistakenClaim[] {
  return statements.flatMap((statement) => {
    const right = new Set(statement.pairs.map(({ predicted }) => predicted));
    return statement.predicted.filter((claim) => !right.has(claim)).map((claim) => mistake(statement, claim));
  });
}

function mistake(
  { id, body }: ScoredStatement,
  {
    type,
    corridor,
    speaker,
    start,
    end,
  }: Omit<MistakenClaim, 'id' | 'text'> & { start: number; end: number },
): MistakenClaim {
  return { id, type, corridor, speaker, text: body.slice(start, end) };
}

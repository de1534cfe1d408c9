import { type CodableCorridor, type Coder } from '#coding';
import {
  type CodingScore,
  falseAlarmsOf,
  type GoldStatement,
  missesOf,
  type MistakenClaim,
  type Rates,
  ratesBy,
  scoreCoding,
  scoreFolds,
  scoreStatement,
} from '#coding-score';
import { claimsOf } from './coded.record.ts';

export interface CodingEvaluation extends CodingScore {
  readonly coder: string;
  readonly coderData: string;
  readonly by: Readonly<Record<string, Rates>> | null;
  readonly folds: readonly Rates[] | null;
  readonly misses: readonly MistakenClaim[];
  readonly missCount: number;
  readonly falseAlarms: readonly MistakenClaim[];
  readonly falseAlarmCount: number;
}

export interface EvaluationOptions {
  readonly by: 'corridor' | 'doc' | null;
  readonly foldCount: number | null;
  readonly errorsMax: number;
}

/** Codes the gold statements and holds what is found against their claims. */
export function evaluateCoding(
  gold: readonly GoldStatement[],
  { coder, corridors }: { coder: Coder; corridors: readonly CodableCorridor[] },
  { by, foldCount, errorsMax }: EvaluationOptions,
): CodingEvaluation {
  const scored = gold.map((statement) => scoreStatement(statement, claimsOf(statement, coder, corridors)));
  const score = scoreCoding(scored);
  const misses = missesOf(scored);
  const falseAlarms = falseAlarmsOf(scored);
  return {
    coder: coder.id,
    coderData: coder.data,
    ...score,
    by: by === null ? null : ratesBy(scored, by),
    folds: foldCount === null ? null : scoreFolds(scored, foldCount),
    misses: misses.slice(0, errorsMax),
    missCount: misses.length,
    falseAlarms: falseAlarms.slice(0, errorsMax),
    falseAlarmCount: falseAlarms.length,
    warnings: [...score.warnings, ...unknownCorridors(gold, corridors)],
  };
}

function unknownCorridors(
  gold: readonly GoldStatement[],
  corridors: readonly CodableCorridor[],
): readonly string[] {
  const known = new Set(corridors.map(({ id }) => id));
  return gold.flatMap(({ id, claims }) =>
    claims.flatMap(({ corridor }, index) =>
      known.has(corridor)
        ? []
        : [
            `${id} claims[${index}].corridor: "${corridor}" is not in the --corridors file, so it cannot be found`,
          ],
    ),
  );
}

import { type Pool } from 'pg';
import { type CorridorDefinition, type Flow } from '#events';
import {
  addClaims,
  type DerivedState,
  emptyBook,
  stateWith,
  type BookSettings,
  statusClaimOf,
} from '#status';
import { readEvidenceClaims } from './claim-rows.ts';
import { readSettings } from './setting-rows.ts';
import { type StatusRules } from './status-rules.ts';
import { readDecision, readLastEvidenceDay } from './turn-rows.ts';

/** A corridor as of a ledger position. */
export interface CorridorThen {
  readonly corridor: string;
  readonly definition: CorridorDefinition;
  readonly position: number;
}

export interface StateThen {
  readonly state: DerivedState;
  /** What it was derived with. */
  readonly settings: BookSettings;
}

/**
 * The state on a local day as it was known at a ledger position: the decision as it was written then, and the evidence
 * of the days that were weighed for it.
 * @param flow the flow asked about; null for the headline
 */
export async function readStateOn(
  pool: Pool,
  { corridor, definition, position }: CorridorThen,
  day: string,
  flow: Flow | null,
  rules: StatusRules,
): Promise<StateThen> {
  const [decision, lastDay, settings] = await Promise.all([
    readDecision(pool, corridor, position, day),
    readLastEvidenceDay(pool, corridor, position, day),
    readSettings(pool, corridor, position, definition, rules),
  ]);
  const claims = lastDay === null ? [] : await readWindow(pool, corridor, position, lastDay, settings);
  const book = addClaims(emptyBook(settings), claims.map(statusClaimOf));
  return { state: stateWith(decision, book, day, flow), settings };
}

/** Claims that may stand on a day whose evidence weighs on that one; those that do not are set apart by the book. */
async function readWindow(
  pool: Pool,
  corridor: string,
  position: number,
  lastDay: string,
  { rules }: BookSettings,
) {
  return readEvidenceClaims(pool, corridor, position, { lastDay, days: rules.windowDays });
}

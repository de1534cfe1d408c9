import { type CorridorDefinition, type DerivedStatus } from '#events';
import {
  addClaims,
  currentRules,
  daysOf,
  emptyBook,
  type EvidenceBook,
  latestDecision,
  type StatusClaim,
  statusClaimOf,
  turnsOf,
} from '#status';
import { type CorridorRecord, type StatementRecord } from '../claims/statement-record.ts';

export interface StatusChangePreview {
  readonly corridor: string;
  /** The status that holds now. */
  readonly from: DerivedStatus;
  readonly to: DerivedStatus;
  /** Days with another status than before; null where they are too many to compare. */
  readonly changedDays: number | null;
}

interface Evidence {
  readonly before: StatusClaim[];
  readonly after: StatusClaim[];
}

const daysMax = 36_500;
const dayMs = 86_400_000;

/**
 * What the statuses would be after a re-coding, by the rules that decide them. It MUST see every statement. What
 * blockade-status has been told beside claims (grades set since, assessments, time that passed) is not known here.
 */
export class StatusPreview {
  private readonly evidence = new Map<string, Evidence>();

  take(before: StatementRecord, after: StatementRecord): void {
    for (const [corridor, record] of before.corridors)
      this.of(corridor).before.push(...statusClaimsOf(record));
    for (const [corridor, record] of after.corridors) this.of(corridor).after.push(...statusClaimsOf(record));
  }

  /** Of the corridors whose status would be another one now, or on some day before. */
  changes(
    definitions: ReadonlyMap<string, CorridorDefinition>,
    today: string,
  ): readonly StatusChangePreview[] {
    return [...definitions].flatMap(([corridor, definition]) => {
      const evidence = this.of(corridor);
      const [before, after] = [bookOf(evidence.before, definition), bookOf(evidence.after, definition)];
      const from = latestDecision(before).status;
      const to = latestDecision(after).status;
      const changedDays = changedDayCount(before, after, today);
      return from === to && changedDays === 0 ? [] : [{ corridor, from, to, changedDays }];
    });
  }

  private of(corridor: string): Evidence {
    const known = this.evidence.get(corridor) ?? { before: [], after: [] };
    this.evidence.set(corridor, known);
    return known;
  }
}

function bookOf(claims: readonly StatusClaim[], corridor: CorridorDefinition): EvidenceBook {
  const unknownHere = { grades: new Map(), assessments: [], clock: null };
  return addClaims(emptyBook({ rules: currentRules, corridor, ...unknownHere }), claims);
}

function changedDayCount(before: EvidenceBook, after: EvidenceBook, today: string): number | null {
  const [old, now] = [turnsOf(before), turnsOf(after)];
  const starts = [old, now].flatMap((turns) => turns[0]?.from ?? []);
  const from = starts.sort()[0];
  if (from === undefined || from > today) return 0;
  if ((Date.parse(today) - Date.parse(from)) / dayMs > daysMax) return null;
  const range = { from, to: today };
  const days = new Map(daysOf(old, range).map(({ day, status }) => [day, status]));
  return daysOf(now, range).filter(({ day, status }) => days.get(day) !== status).length;
}

function statusClaimsOf({ context, records }: CorridorRecord): readonly StatusClaim[] {
  return [...records.values()].flatMap(({ claim, state }) =>
    state === 'standing' ? [statusClaimOf({ ...context, ...claim })] : [],
  );
}

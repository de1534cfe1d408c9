import { type Claim, type CorridorDefinition, type DerivedStatus } from '#events';
import { deriveDays, deriveStatus, deriveTimeline, type StatusClaim } from '#status';
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

/** Beyond every day with evidence: the state there is the latest one. */
const latest = '9999-12-31';
const daysMax = 36_500;
const dayMs = 86_400_000;

/** What the statuses would be after a re-coding, by the rules that decide them. It MUST see every statement. */
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
      const { before, after } = this.of(corridor);
      const from = deriveStatus(before, definition, latest).status;
      const to = deriveStatus(after, definition, latest).status;
      const changedDays = changedDayCount(before, after, definition, today);
      return from === to && changedDays === 0 ? [] : [{ corridor, from, to, changedDays }];
    });
  }

  private of(corridor: string): Evidence {
    const known = this.evidence.get(corridor) ?? { before: [], after: [] };
    this.evidence.set(corridor, known);
    return known;
  }
}

function changedDayCount(
  before: readonly StatusClaim[],
  after: readonly StatusClaim[],
  definition: CorridorDefinition,
  today: string,
): number | null {
  const starts = [before, after].flatMap((claims) => deriveTimeline(claims, definition)[0]?.from ?? []);
  const from = starts.sort()[0];
  if (from === undefined || from > today) return 0;
  if ((Date.parse(today) - Date.parse(from)) / dayMs > daysMax) return null;
  const range = { from, to: today };
  const days = new Map(deriveDays(before, definition, range).map(({ day, status }) => [day, status]));
  return deriveDays(after, definition, range).filter(({ day, status }) => days.get(day) !== status).length;
}

function statusClaimsOf({ context, records }: CorridorRecord): readonly StatusClaim[] {
  return [...records.values()].flatMap(({ claim, state }) =>
    state === 'standing' && claim.status !== null ? [{ ...context, ...pick(claim) }] : [],
  );
}

function pick(claim: Claim) {
  const { claimId, type, status, presupposed, speaker, modality, validFrom, quote } = claim;
  return { claimId, type, status, presupposed, speaker, modality, validFrom, quote };
}

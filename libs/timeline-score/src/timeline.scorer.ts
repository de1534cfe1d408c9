import { type ChangeScore, scoreChanges } from './headline.changes.ts';
import {
  daysOfReference,
  type DisputedClaim,
  type ReferenceDay,
  type ReferenceTimeline,
  type TimelineDay,
} from './reference.timeline.ts';

/** The figures of `timelines/score.mjs`, under the same names. */
export interface TimelineScore {
  readonly corridor: string;
  /** Days that are scored. */
  readonly days: number;
  readonly missingDays: number;
  /** Mean over the reference's statuses of the mean credit of their days; null where no day is scored. */
  readonly perStatus: number | null;
  /** Mean credit of the days. */
  readonly plain: number | null;
  readonly statuses: Readonly<Record<string, { readonly days: number; readonly credit: number | null }>>;
  readonly changes: ChangeScore;
  /** Strict accuracy over days and classes of traffic; null where the reference has none. */
  readonly flows: number | null;
  /** Share of the disputed claims that the derived day does not repeat; null where none contradicts the reference. */
  readonly disputedNotFollowed: number | null;
}

/** What was derived, against the reference. Of days that come twice the last counts. */
export function scoreTimeline(
  reference: ReferenceTimeline,
  derivedDays: readonly TimelineDay[],
): TimelineScore {
  const derived = new Map(derivedDays.map((each) => [each.day, each]));
  const expected = daysOfReference(reference);
  const scored = expected.filter(({ score }) => score);
  const credits = scored.map((each) => ({
    status: each.status,
    credit: creditOf(each, derived.get(each.day)),
  }));
  const byStatus = [...Map.groupBy(credits, ({ status }) => status)].map(
    ([status, own]) => [status, { days: own.length, credit: mean(own.map(({ credit }) => credit)) }] as const,
  );
  const headlines = expected.map(({ day }) => ({ day, status: derived.get(day)?.status ?? 'missing' }));
  const contradicting = contradictingClaims(reference, expected);
  return {
    corridor: reference.corridor,
    days: scored.length,
    missingDays: scored.filter(({ day }) => !derived.has(day)).length,
    perStatus: mean(byStatus.map(([, { credit }]) => credit ?? 0)),
    plain: mean(credits.map(({ credit }) => credit)),
    statuses: Object.fromEntries(byStatus),
    changes: scoreChanges(expected, headlines),
    flows: mean(scored.flatMap((each) => flowHits(each, derived.get(each.day)))),
    disputedNotFollowed: mean(contradicting.map((claim) => (isFollowed(claim, derived) ? 0 : 1))),
  };
}

/** Part credit where a careful analyst could defend the derived status too. */
export function creditOf({ status, accept }: ReferenceDay, derived: TimelineDay | undefined): number {
  if (derived?.status === status) return 1;
  return (accept as Readonly<Record<string, number>>)[derived?.status ?? 'missing'] ?? 0;
}

/** The disputed claims that the derived timeline repeats on their day. */
export function followedClaims(
  reference: ReferenceTimeline,
  derivedDays: readonly TimelineDay[],
): readonly DisputedClaim[] {
  const derived = new Map(derivedDays.map((each) => [each.day, each]));
  return contradictingClaims(reference, daysOfReference(reference)).filter((claim) =>
    isFollowed(claim, derived),
  );
}

/** A claim that says what the reference says cannot be told from the truth. */
function contradictingClaims(
  { disputed }: ReferenceTimeline,
  expected: readonly ReferenceDay[],
): readonly DisputedClaim[] {
  return disputed.filter(({ date, claims }) => {
    const truth = expected.find(({ day }) => day === date);
    return truth !== undefined && truth.status !== claims;
  });
}

function isFollowed({ date, claims }: DisputedClaim, derived: ReadonlyMap<string, TimelineDay>): boolean {
  return derived.get(date)?.status === claims;
}

function flowHits({ flows }: ReferenceDay, derived: TimelineDay | undefined): readonly number[] {
  return Object.entries(flows).map(([flow, status]) => (derived?.flows?.[flow] === status ? 1 : 0));
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

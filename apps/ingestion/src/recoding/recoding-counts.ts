import { z } from 'zod';
import { type Claim } from '#events';
import { differenceOf, type CodingDifference } from './coding-difference.ts';
import { type RecodingEvent } from './recoding.decider.ts';

const perType = z.record(z.string(), z.record(z.string(), z.int()));

/** How much a re-coding has changed; kept with the run, so that one that is taken up again counts on. */
export const recodingCounts = z.strictObject({
  statements: z.int(),
  /** Statements that are coded otherwise than before. */
  recoded: z.int(),
  reviewsCarried: z.int(),
  /** Claims by corridor and type. */
  added: perType,
  gone: perType,
  changed: perType,
});
export type RecodingCounts = z.output<typeof recodingCounts>;

export const nothingCounted: RecodingCounts = {
  statements: 0,
  recoded: 0,
  reviewsCarried: 0,
  added: {},
  gone: {},
  changed: {},
};

export interface StatementDifference extends CodingDifference {
  readonly statementId: string;
  readonly corridor: string;
}

/** What the events of one statement change, corridor by corridor. */
export function differencesIn(
  events: readonly RecodingEvent[],
  codingAbout: (corridor: string) => readonly Claim[],
): readonly StatementDifference[] {
  return events.flatMap((event) => {
    if (event.type !== 'StatementCoded') return [];
    const { statementId, corridor, claims } = event.payload;
    return [{ statementId, corridor, ...differenceOf(codingAbout(corridor), claims) }];
  });
}

export function withStatement(
  counts: RecodingCounts,
  events: readonly RecodingEvent[],
  differences: readonly StatementDifference[],
): RecodingCounts {
  const start = {
    ...counts,
    statements: counts.statements + 1,
    recoded: counts.recoded + (differences.length > 0 ? 1 : 0),
    reviewsCarried: counts.reviewsCarried + events.filter(({ type }) => type === 'ClaimReviewed').length,
  };
  return differences.reduce(
    (sum, { corridor, added, gone, changed }) => ({
      ...sum,
      added: withClaims(sum.added, corridor, added),
      gone: withClaims(sum.gone, corridor, gone),
      changed: withClaims(
        sum.changed,
        corridor,
        changed.map(({ after }) => after),
      ),
    }),
    start,
  );
}

function withClaims(
  counts: z.output<typeof perType>,
  corridor: string,
  claims: readonly Claim[],
): z.output<typeof perType> {
  if (claims.length === 0) return counts;
  const own = { ...counts[corridor] };
  for (const { type } of claims) own[type] = (own[type] ?? 0) + 1;
  return { ...counts, [corridor]: own };
}

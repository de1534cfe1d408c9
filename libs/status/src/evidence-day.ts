import { type DayOrdinal } from './calendar-day.ts';
import { type DayTally, tallyOf } from './day-tally.ts';
import { type PerStatus, statuses } from './status.ts';
import { type Utterance, withClaims } from './utterance.ts';
import { type WeighedClaim } from './weighed-claim.ts';

/**
 * The evidence of one day. Everything in it is a maximum or a set over the claims, so claims can come in any
 * order, twice, and in any grouping.
 */
export interface EvidenceDay {
  readonly on: DayOrdinal;
  readonly utterances: PerStatus<readonly Utterance[]>;
  readonly tallies: PerStatus<DayTally>;
}

export function evidenceDay(
  on: DayOrdinal,
  claims: readonly WeighedClaim[],
  before?: EvidenceDay,
): EvidenceDay {
  const utterances = { blocked: empty, restricted: empty, open: empty, ...before?.utterances };
  const tallies = { blocked: nothing, restricted: nothing, open: nothing, ...before?.tallies };
  for (const status of statuses) {
    const added = claims.filter((claim) => claim.status === status);
    if (added.length === 0) continue;
    utterances[status] = withClaims(utterances[status], added);
    tallies[status] = tallyOf(utterances[status]);
  }
  return { on, utterances, tallies };
}

export function claimsOf({ utterances }: EvidenceDay): readonly WeighedClaim[] {
  return statuses.flatMap((status) => utterances[status].flatMap(({ claims }) => claims));
}

const empty: readonly Utterance[] = [];
const nothing = tallyOf(empty);

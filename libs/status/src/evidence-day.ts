import { type CorridorStatus } from '#events';
import { type DayOrdinal } from './calendar-day.ts';
import { type PerStatus } from './status.ts';
import { heavierFirst, isParty, type WeighedClaim } from './weighed-claim.ts';
import { daySumMax, evidenceItemsMax, firstHandReliability, soundReliability } from './weight.table.ts';

/** What one speaker said of one status through one publisher on one day: the heaviest claim counts. */
interface Utterance {
  readonly key: string;
  /** The heaviest first, each claim once. */
  readonly claims: readonly WeighedClaim[];
}

/** What the evidence of one day says for one status. */
export interface DayTally {
  /** Independent weights added up, in hundredths. */
  readonly sum: number;
  readonly heaviest: readonly WeighedClaim[];
  readonly speakers: readonly string[];
  /** Those who said it against what others say. */
  readonly deniers: readonly string[];
  /** At most two publishers that can corroborate each other; two are all that a rule asks for. */
  readonly soundPublishers: readonly string[];
  /** Someone says so outright, instead of taking it for granted. */
  readonly spoken: boolean;
  /** Someone other than a party says so. */
  readonly beyondParties: boolean;
  /** The heaviest weight of someone who is no party. */
  readonly heaviestBeyondParties: number;
  readonly observed: boolean;
  readonly firstHand: boolean;
  readonly admitted: boolean;
}

/**
 * The evidence of one day. Everything in it is a maximum or a set over the claims, so claims can come in any
 * order, twice, and in any grouping.
 */
export interface EvidenceDay {
  readonly on: DayOrdinal;
  readonly utterances: readonly Utterance[];
  readonly tallies: PerStatus<DayTally>;
}

export function evidenceDay(
  on: DayOrdinal,
  claims: readonly WeighedClaim[],
  before?: EvidenceDay,
): EvidenceDay {
  const utterances = [...(before?.utterances ?? [])];
  const touched = new Set<CorridorStatus>();
  for (const claim of claims) {
    insert(utterances, claim);
    touched.add(claim.status);
  }
  const tally = (status: CorridorStatus) =>
    before === undefined || touched.has(status) ? tallyOf(status, utterances) : before.tallies[status];
  return {
    on,
    utterances,
    tallies: { blocked: tally('blocked'), restricted: tally('restricted'), open: tally('open') },
  };
}

export function claimsOf({ utterances }: EvidenceDay): readonly WeighedClaim[] {
  return utterances.flatMap(({ claims }) => claims);
}

function insert(utterances: Utterance[], claim: WeighedClaim): void {
  const key = keyOf(claim);
  const at = firstIndexWhere(utterances.length, (index) => (utterances[index]?.key ?? '') >= key);
  const known = utterances[at];
  if (known?.key !== key) {
    utterances.splice(at, 0, { key, claims: [claim] });
    return;
  }
  const place = firstIndexWhere(known.claims.length, (index) => {
    const other = known.claims[index];
    return other !== undefined && heavierFirst(other, claim) >= 0;
  });
  if (known.claims[place]?.claim.claimId === claim.claim.claimId) return;
  utterances[at] = { key, claims: known.claims.toSpliced(place, 0, claim) };
}

/** NUL cannot occur in a name, so keys of one status and publisher stand together. */
function keyOf({ status, claim }: WeighedClaim): string {
  return `${status}\u0000${claim.publisher}\u0000${claim.speaker}`;
}

export function firstIndexWhere(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function tallyOf(status: CorridorStatus, utterances: readonly Utterance[]): DayTally {
  const mine = utterances.filter(({ key }) => key.startsWith(status));
  const best = mine.flatMap(({ claims }) => claims.slice(0, 1));
  const spoken = best.filter(({ claim }) => !claim.presupposed);
  const sound = spoken.filter((item) => !isParty(item) && isSound(item)).map(({ claim }) => claim.publisher);
  const beyond = best.filter((item) => !isParty(item));
  return {
    sum: Math.min(daySumMax, independentSum(best)),
    heaviest: best.toSorted(heavierFirst).slice(0, evidenceItemsMax),
    speakers: uniqueSorted(best.map(({ claim }) => claim.speaker)),
    deniers: uniqueSorted(mine.flatMap(denierOf)),
    soundPublishers: uniqueSorted(sound).slice(0, 2),
    spoken: spoken.length > 0,
    beyondParties: beyond.length > 0,
    heaviestBeyondParties: beyond.reduce((heaviest, { weight }) => Math.max(heaviest, weight), 0),
    observed: spoken.some(({ voice }) => voice === 'observer'),
    firstHand: spoken.some(isFirstHand),
    admitted: spoken.some(({ voice }) => voice === 'admission'),
  };
}

/** A publisher counts once, at its highest; of publishers with the same quote only the heaviest counts. */
function independentSum(best: readonly WeighedClaim[]): number {
  const byPublisher = new Map<string, WeighedClaim>();
  for (const item of best) {
    const other = byPublisher.get(item.claim.publisher);
    if (other === undefined || heavierFirst(item, other) < 0) byPublisher.set(item.claim.publisher, item);
  }
  const byQuote = new Map<string, number>();
  for (const { claim, weight } of byPublisher.values())
    byQuote.set(claim.quote, Math.max(weight, byQuote.get(claim.quote) ?? 0));
  return [...byQuote.values()].reduce((sum, weight) => sum + weight, 0);
}

function denierOf({ claims }: Utterance): string[] {
  const denial = claims.find(({ claim }) => claim.type === 'denial');
  return denial === undefined ? [] : [denial.claim.speaker];
}

function isSound({ reliability }: WeighedClaim): boolean {
  return reliability !== null && soundReliability.includes(reliability);
}

function isFirstHand({ voice, ownWord, reliability }: WeighedClaim): boolean {
  return (
    voice === 'observer' && ownWord && reliability !== null && firstHandReliability.includes(reliability)
  );
}

export function uniqueSorted(names: Iterable<string>): string[] {
  return [...new Set(names)].sort();
}

import { evidenceItemsMax, firstHandReliability, type RuleSet, soundReliability } from './rule-set.ts';
import { isSameSentence } from './told-by-words.ts';
import { heavierFirst, isParty, type WeighedClaim } from './weighed-claim.ts';

/**
 * What the evidence of one day says for one thing about one part of the traffic. All in it is a maximum, a set, or a
 * sum over the heaviest claim of each independent source, so claims can come in any order, twice, and in any grouping.
 */
export interface Tally {
  /** Independent weights added up, in hundredths. */
  readonly sum: number;
  /** Rule 5: the claims that the sum counts, no two of one source or one cluster; the heaviest first. */
  readonly counted: readonly WeighedClaim[];
  /** As many as an answer shows, the heaviest first. */
  readonly heaviest: readonly WeighedClaim[];
  /** Those of the heaviest claims, and all parties; in order. */
  readonly speakers: readonly string[];
  /** Those who said it against what others say. */
  readonly deniers: readonly string[];
  /** Claims of independent sources graded C or better; two are all that a rule asks for. */
  readonly soundSources: readonly WeighedClaim[];
  readonly parties: readonly string[];
  /** The heaviest weight of someone who is no party; 0 when parties alone say so. */
  readonly beyondParties: number;
  /** The same, of those who say so outright. */
  readonly spokenBeyondParties: number;
  /** The heaviest weight of a told act, by anyone but a party that speaks of others. */
  readonly act: number;
  readonly spoken: boolean;
  readonly observed: boolean;
  readonly firstHand: boolean;
  readonly admitted: boolean;
}

const nobody: readonly string[] = [];

export const emptyTally: Tally = {
  sum: 0,
  counted: [],
  heaviest: [],
  speakers: nobody,
  deniers: nobody,
  soundSources: [],
  parties: nobody,
  beyondParties: 0,
  spokenBeyondParties: 0,
  act: 0,
  spoken: false,
  observed: false,
  firstHand: false,
  admitted: false,
};

export function tallyOf(claims: readonly WeighedClaim[], rules: RuleSet): Tally {
  const first = claims.toSorted(heavierFirst);
  return first.reduce((tally, claim) => withClaim(tally, claim, () => first, rules), emptyTally);
}

/** @param all every claim of the tally, the new one included; asked for where the claim takes another's place */
export function withClaim(
  tally: Tally,
  item: WeighedClaim,
  all: () => readonly WeighedClaim[],
  rules: RuleSet,
): Tally {
  const party = isParty(item);
  const outright = item.manner !== 'word';
  const admission = item.voice === 'admission';
  const counted = countedWith(tally, item, all, rules);
  const heaviest = withHeaviest(tally.heaviest, item);
  const parties = party ? withName(tally.parties, item.claim.speaker) : tally.parties;
  const isSame = heaviest === tally.heaviest && parties === tally.parties;
  return {
    sum: counted === tally.counted ? tally.sum : Math.min(rules.daySumMax, sumOf(counted)),
    counted,
    heaviest,
    speakers: isSame ? tally.speakers : speakersOf(heaviest, parties),
    deniers: item.claim.type === 'denial' ? withName(tally.deniers, item.claim.speaker) : tally.deniers,
    soundSources: withSound(tally.soundSources, item, all),
    parties,
    beyondParties: party ? tally.beyondParties : Math.max(tally.beyondParties, item.weight),
    spokenBeyondParties:
      party || !outright ? tally.spokenBeyondParties : Math.max(tally.spokenBeyondParties, item.weight),
    act: item.manner === 'act' && (!party || admission) ? Math.max(tally.act, item.weight) : tally.act,
    spoken: tally.spoken || outright,
    observed: tally.observed || (outright && item.voice === 'observer'),
    firstHand: tally.firstHand || (outright && isFirstHand(item)),
    admitted: tally.admitted || admission,
  };
}

/** Whether the two tell the same news: one source, or nearly the same text. */
export function isOneSource(a: WeighedClaim, b: WeighedClaim): boolean {
  return a.source === b.source || a.claim.cluster === b.claim.cluster || isSameSentence(a.claim, b.claim);
}

/** Puts an item in its place among the heaviest, or leaves it when it is too light for an answer. */
export function keepHeaviest<Item>(kept: Item[], item: Item, order: (a: Item, b: Item) => number): boolean {
  const lightest = kept.at(-1);
  const isFull = kept.length >= evidenceItemsMax;
  if (isFull && lightest !== undefined && order(item, lightest) >= 0) return false;
  let at = kept.length;
  for (let before = kept[at - 1]; before !== undefined && order(item, before) < 0; before = kept[at - 1])
    at--;
  kept.splice(at, 0, item);
  if (isFull) kept.pop();
  return true;
}

function withHeaviest(heaviest: readonly WeighedClaim[], item: WeighedClaim): readonly WeighedClaim[] {
  const lightest = heaviest.at(-1);
  if (heaviest.length >= evidenceItemsMax && lightest !== undefined && heavierFirst(item, lightest) >= 0)
    return heaviest;
  const kept = heaviest.slice();
  keepHeaviest(kept, item, heavierFirst);
  return kept;
}

/** The heaviest first, each unless its news is counted already; enough when the day's sum is full. */
function countedWith(
  { counted }: Tally,
  item: WeighedClaim,
  all: () => readonly WeighedClaim[],
  { daySumMax }: RuleSet,
): readonly WeighedClaim[] {
  return withIndependent(counted, item, all, (kept) => sumOf(kept) >= daySumMax);
}

/** At most two, the heaviest first, of those that can corroborate each other. */
function withSound(
  sound: readonly WeighedClaim[],
  item: WeighedClaim,
  all: () => readonly WeighedClaim[],
): readonly WeighedClaim[] {
  return canCorroborate(item)
    ? withIndependent(
        sound,
        item,
        () => all().filter(canCorroborate),
        (kept) => kept.length >= 2,
      )
    : sound;
}

/**
 * What a walk over all claims from the heaviest down keeps, of each news the first, until it is enough; told from what
 * it kept without the new claim, unless that takes the place of another.
 */
function withIndependent(
  kept: readonly WeighedClaim[],
  item: WeighedClaim,
  all: () => readonly WeighedClaim[],
  isEnough: (kept: readonly WeighedClaim[]) => boolean,
): readonly WeighedClaim[] {
  const lightest = kept.at(-1);
  if (lightest !== undefined && heavierFirst(lightest, item) < 0 && isEnough(kept)) return kept;
  const same = kept.filter((other) => isOneSource(other, item));
  if (same.some((other) => heavierFirst(other, item) <= 0)) return kept;
  const candidates = (same.length === 0 ? [...kept, item] : [...all()]).sort(heavierFirst);
  const walked: WeighedClaim[] = [];
  for (const candidate of candidates) {
    if (isEnough(walked)) break;
    if (!walked.some((other) => isOneSource(other, candidate))) walked.push(candidate);
  }
  return walked;
}

function sumOf(counted: readonly WeighedClaim[]): number {
  return counted.reduce((sum, { weight }) => sum + weight, 0);
}

function speakersOf(heaviest: readonly WeighedClaim[], parties: readonly string[]): readonly string[] {
  return [...new Set([...heaviest.map(({ claim }) => claim.speaker), ...parties])].sort();
}

function withName(names: readonly string[], name: string): readonly string[] {
  return names.includes(name) ? names : [...names, name].sort();
}

function canCorroborate(item: WeighedClaim): boolean {
  return item.manner !== 'word' && !isParty(item) && isSound(item);
}

function isSound({ reliability }: WeighedClaim): boolean {
  return reliability !== null && soundReliability.includes(reliability);
}

function isFirstHand({ voice, ownWord, reliability }: WeighedClaim): boolean {
  return (
    voice === 'observer' && ownWord && reliability !== null && firstHandReliability.includes(reliability)
  );
}

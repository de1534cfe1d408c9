import { type Utterance } from './utterance.ts';
import { heavierFirst, isParty, type WeighedClaim } from './weighed-claim.ts';
import { daySumMax, evidenceItemsMax, firstHandReliability, soundReliability } from './weight.table.ts';

/** What the evidence of one day says for one status. */
export interface DayTally {
  /** Independent weights added up, in hundredths. */
  readonly sum: number;
  /** As many as an answer shows, the heaviest first. */
  readonly heaviest: readonly WeighedClaim[];
  readonly speakers: ReadonlySet<string>;
  /** Those who said it against what others say. */
  readonly deniers: ReadonlySet<string>;
  /** At most two publishers that can corroborate each other; two are all that a rule asks for. */
  readonly soundPublishers: ReadonlySet<string>;
  /** Someone says so outright, instead of taking it for granted. */
  readonly spoken: boolean;
  /** The heaviest weight of someone who is no party; 0 when parties alone say so. */
  readonly heaviestBeyondParties: number;
  readonly observed: boolean;
  readonly firstHand: boolean;
  readonly admitted: boolean;
}

/** The utterances MUST be in the order of their publishers. */
export function tallyOf(utterances: readonly Utterance[]): DayTally {
  const heaviest: WeighedClaim[] = [];
  const speakers = new Set<string>();
  const deniers = new Set<string>();
  const soundPublishers = new Set<string>();
  let heaviestBeyondParties = 0;
  let [spoken, observed, firstHand, admitted] = [false, false, false, false];
  for (const { claims } of utterances) {
    const best = claims[0];
    if (best === undefined) continue;
    keepHeaviest(heaviest, best, heavierFirst);
    speakers.add(best.claim.speaker);
    if (claims.some(({ claim }) => claim.type === 'denial')) deniers.add(best.claim.speaker);
    const beyondParties = !isParty(best);
    if (beyondParties) heaviestBeyondParties = Math.max(heaviestBeyondParties, best.weight);
    if (best.claim.presupposed) continue;
    spoken = true;
    observed ||= best.voice === 'observer';
    firstHand ||= isFirstHand(best);
    admitted ||= best.voice === 'admission';
    if (beyondParties && isSound(best) && soundPublishers.size < 2) soundPublishers.add(best.claim.publisher);
  }
  return {
    sum: Math.min(daySumMax, independentSum(utterances)),
    heaviest,
    speakers,
    deniers,
    soundPublishers,
    spoken,
    heaviestBeyondParties,
    observed,
    firstHand,
    admitted,
  };
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

/** A publisher counts once, at its highest; of publishers with the same quote only the heaviest counts. */
function independentSum(utterances: readonly Utterance[]): number {
  const byQuote = new Map<string, number>();
  let best: WeighedClaim | undefined;
  const count = () => {
    if (best === undefined) return;
    byQuote.set(best.claim.quote, Math.max(best.weight, byQuote.get(best.claim.quote) ?? 0));
  };
  for (const { claims } of utterances) {
    const item = claims[0];
    if (item === undefined) continue;
    const isNextPublisher = best?.claim.publisher !== item.claim.publisher;
    if (isNextPublisher) count();
    if (isNextPublisher || best === undefined || heavierFirst(item, best) < 0) best = item;
  }
  count();
  let sum = 0;
  for (const weight of byQuote.values()) sum += weight;
  return sum;
}

function isSound({ reliability }: WeighedClaim): boolean {
  return reliability !== null && soundReliability.includes(reliability);
}

function isFirstHand({ voice, ownWord, reliability }: WeighedClaim): boolean {
  return (
    voice === 'observer' && ownWord && reliability !== null && firstHandReliability.includes(reliability)
  );
}

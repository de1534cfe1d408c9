import { heavierFirst, type WeighedClaim } from './weighed-claim.ts';

/** What one speaker said of one status through one publisher on one day: the heaviest claim counts. */
export interface Utterance {
  readonly key: string;
  /** The heaviest first, each claim once; never empty. */
  readonly claims: readonly WeighedClaim[];
}

/** With the claims in their places; the utterances of one publisher stand together. */
export function withClaims(
  before: readonly Utterance[],
  claims: readonly WeighedClaim[],
): readonly Utterance[] {
  const utterances = before.slice();
  for (const claim of claims) {
    const key = keyOf(claim);
    const at = firstIndexWhere(utterances, (utterance) => utterance.key >= key);
    const known = utterances[at];
    if (known?.key === key) utterances[at] = { key, claims: withClaim(known.claims, claim) };
    else utterances.splice(at, 0, { key, claims: [claim] });
  }
  return utterances;
}

function withClaim(claims: readonly WeighedClaim[], claim: WeighedClaim): readonly WeighedClaim[] {
  const at = firstIndexWhere(claims, (other) => heavierFirst(other, claim) >= 0);
  return claims[at]?.claim.claimId === claim.claim.claimId ? claims : claims.toSpliced(at, 0, claim);
}

/** NUL cannot occur in a name, so no two pairs share a key. */
function keyOf({ claim }: WeighedClaim): string {
  return `${claim.publisher}\u0000${claim.speaker}`;
}

/** Index of the first item for which it holds; it MUST hold for all that follow. */
export function firstIndexWhere<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item === undefined || holds(item)) high = middle;
    else low = middle + 1;
  }
  return low;
}

import { type Claim } from '#events';

/** What a newer coding of a statement makes of one corridor's claims. */
export interface CodingDifference {
  readonly added: readonly Claim[];
  readonly gone: readonly Claim[];
  /** The same kind of claim in the same sentence, told otherwise. */
  readonly changed: readonly { readonly before: Claim; readonly after: Claim }[];
}

export function differenceOf(before: readonly Claim[], after: readonly Claim[]): CodingDifference {
  const added = without(after, before, contentOf);
  const gone = without(before, after, contentOf);
  const changed = added.flatMap((claim) => {
    const earlier = gone.find((other) => placeOf(other) === placeOf(claim));
    return earlier === undefined ? [] : [{ before: earlier, after: claim }];
  });
  const places = new Set(changed.map(({ after: claim }) => placeOf(claim)));
  return {
    added: added.filter((claim) => !places.has(placeOf(claim))),
    gone: gone.filter((claim) => !places.has(placeOf(claim))),
    changed,
  };
}

export function saysTheSame(before: readonly Claim[], after: readonly Claim[]): boolean {
  return without(before, after, contentOf).length === 0 && without(after, before, contentOf).length === 0;
}

/** Of one sentence, type, status and speaker there is one claim, whatever its id. */
export function isSameClaim(one: Claim, other: Claim): boolean {
  return identityOf(one) === identityOf(other);
}

export function isInSamePlace(one: Claim, other: Claim): boolean {
  return placeOf(one) === placeOf(other);
}

function without(
  claims: readonly Claim[],
  others: readonly Claim[],
  keyOf: (claim: Claim) => string,
): readonly Claim[] {
  const known = new Set(others.map(keyOf));
  return claims.filter((claim) => !known.has(keyOf(claim)));
}

/** Which coder found it, by which rule and why is no difference in what it says. */
function contentOf(claim: Claim): string {
  const { presupposed, speakerName, modality, validFrom, confidence } = claim;
  return JSON.stringify([identityOf(claim), presupposed, speakerName, modality, validFrom, confidence]);
}

function identityOf(claim: Claim): string {
  return JSON.stringify([placeOf(claim), claim.status, claim.speaker]);
}

function placeOf({ type, start, end }: Claim): string {
  return `${type} ${start} ${end}`;
}

import { deriveId } from '#ledger';

/** A text that comes in. */
export interface Arrival {
  readonly statementId: string;
  readonly publishedAt: string;
  /** Fetched by ourselves, so it stands on its page at this moment. */
  readonly isFetched: boolean;
}

/** A statement of the same publisher that was recorded before. */
export interface Earlier {
  readonly statementId: string;
  readonly publishedAt: string;
  readonly supersededBy: string | null;
  readonly isRetracted: boolean;
}

export interface Surroundings {
  /** Statements with the arrival's wording, in order of their recording. */
  readonly sameWording: readonly Earlier[];
  /** What stands on the arrival's page now. */
  readonly onPage: Earlier | null;
}

export interface NewPlace {
  readonly kind: 'new';
  readonly statementId: string;
  /** The statement that it takes the place of. */
  readonly revises: string | null;
  /** The later version that is here already. */
  readonly supersededBy: string | null;
}

export type Place = NewPlace | { readonly kind: 'known'; readonly statementId: string };

/**
 * Whether a text is known, a new statement, or a new version of what stands on its page.
 *
 * Known texts come again all the time, in feeds and in archives that are sent once more, and change nothing. But a
 * publisher that goes back to an earlier wording says it anew: that is another statement with the same text, which
 * takes the place of the correction. It is believed of what we fetched, and of what is dated later than the correction;
 * never of a text that was retracted.
 */
export function placeOf(arrival: Arrival, { sameWording, onPage }: Surroundings): Place {
  const { statementId } = arrival;
  const known = sameWording.find(({ supersededBy }) => supersededBy === null) ?? sameWording.at(-1);
  if (onPage === null) return known === undefined ? fresh(statementId) : isKnown(known);
  if (known === undefined) {
    const isLater = arrival.isFetched || instantOf(arrival) >= instantOf(onPage);
    return isLater ? fresh(statementId, onPage.statementId) : fresh(statementId, null, onPage.statementId);
  }
  const isRestored =
    known.supersededBy !== null &&
    !sameWording.some(({ isRetracted }) => isRetracted) &&
    (arrival.isFetched || instantOf(arrival) > instantOf(onPage));
  return isRestored
    ? fresh(deriveId('statement', statementId, 'in place of', onPage.statementId), onPage.statementId)
    : isKnown(known);
}

function isKnown({ statementId }: Earlier): Place {
  return { kind: 'known', statementId };
}

function fresh(
  statementId: string,
  revises: string | null = null,
  supersededBy: string | null = null,
): Place {
  return { kind: 'new', statementId, revises, supersededBy };
}

function instantOf({ publishedAt }: { readonly publishedAt: string }): number {
  return Date.parse(publishedAt);
}

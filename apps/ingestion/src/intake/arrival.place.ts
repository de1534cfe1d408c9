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

/** An earlier statement that stands on the arrival's page now. */
export interface Standing extends Earlier {
  readonly isFetched: boolean;
  /** The share of words that it has in common with the arrival, 0 to 1. */
  readonly resemblance: number;
}

export interface Surroundings {
  /** Statements with the arrival's wording, in order of their recording. */
  readonly sameWording: readonly Earlier[];
  /** In order of their recording. */
  readonly onPage: readonly Standing[];
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
 * Measured: different facts of one page have at most a quarter of their words in common, and a correction leaves half of
 * them and more.
 */
const resemblanceMin = 0.4;

/**
 * Whether a text is known, a new statement, or a new version of one that stands on its page.
 *
 * Known texts come again all the time, in feeds and in archives that are sent once more, and change nothing. But a
 * publisher that goes back to an earlier wording says it anew: that is another statement with the same text, which
 * takes the place of the correction. It is believed of what we fetched, and of what is dated later than the correction;
 * never of a text that was retracted.
 */
export function placeOf(arrival: Arrival, { sameWording, onPage }: Surroundings): Place {
  const { statementId } = arrival;
  const known = sameWording.find(({ supersededBy }) => supersededBy === null) ?? sameWording.at(-1);
  const version = otherVersionOf(arrival, onPage);
  if (version === undefined) return known === undefined ? fresh(statementId) : isKnown(known);
  if (known === undefined) {
    const isLater = arrival.isFetched || instantOf(arrival) >= instantOf(version);
    return isLater ? fresh(statementId, version.statementId) : fresh(statementId, null, version.statementId);
  }
  const isRestored =
    known.supersededBy !== null &&
    !sameWording.some(({ isRetracted }) => isRetracted) &&
    (arrival.isFetched || instantOf(arrival) > instantOf(version));
  return isRestored
    ? fresh(deriveId('statement', statementId, 'in place of', version.statementId), version.statementId)
    : isKnown(known);
}

/**
 * The one that the arrival is another version of. What we fetch is the whole page, which takes the place of the page as
 * we fetched it before, else of what is most like it, however little. A sender may give many facts of one page, each a
 * text of its own; there only what resembles the arrival is a version of it.
 */
function otherVersionOf({ isFetched }: Arrival, onPage: readonly Standing[]): Standing | undefined {
  if (!isFetched) return mostAlike(onPage.filter(({ resemblance }) => resemblance >= resemblanceMin));
  return onPage.findLast((standing) => standing.isFetched) ?? mostAlike(onPage);
}

/** The one recorded last where several are as like. */
function mostAlike(onPage: readonly Standing[]): Standing | undefined {
  const most = Math.max(...onPage.map(({ resemblance }) => resemblance));
  return onPage.findLast(({ resemblance }) => resemblance === most);
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

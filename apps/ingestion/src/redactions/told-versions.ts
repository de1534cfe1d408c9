import { type Claim, type RecordedEvent } from '#events';
import { toldByWords } from '#status';
import { type ToldVersion } from '../statements/statement.decider.ts';

/** A version of a claim as an event brought it, with its words. */
export interface WordedVersion {
  readonly corridor: string;
  readonly position: number;
  readonly claim: Claim;
  /** All of it that is text of the statement. */
  readonly words: string;
}

/** As many as an event holds; a daily formula may stand in thousands. */
const sameWordsMax = 1_000;

/** Claims of other statements, by corridor and sentence, the nearest in time first. */
export type SameSentences = ReadonlyMap<string, readonly string[]>;

export function wordedVersionsIn(history: readonly RecordedEvent[]): readonly WordedVersion[] {
  return history.flatMap((event): WordedVersion[] => {
    const { position } = event;
    switch (event.type) {
      case 'StatementCoded': {
        const { corridor, claims, title } = event.payload;
        return claims.map((claim) => versionOf(claim, corridor, position, title));
      }
      case 'ClaimReviewed':
      case 'ClaimAdded': {
        const { corridor, claim, title } = event.payload;
        return [versionOf(claim, corridor, position, title)];
      }
      default:
        return [];
    }
  });
}

export function sentenceKey(corridor: string, quote: string): string {
  return JSON.stringify([corridor, quote]);
}

/** What the words told, so that everything that was derived from them can be derived without them. */
export function toldVersions(
  versions: readonly WordedVersion[],
  sameSentences: SameSentences,
): readonly ToldVersion[] {
  const variants = new Map<string, string[]>();
  return versions.map(({ corridor, position, claim, words }) => {
    const { claimId, quote } = claim;
    const known = variants.get(claimId) ?? [];
    variants.set(claimId, known);
    if (!known.includes(words)) known.push(words);
    const told = {
      ...toldByWords(claim),
      variant: known.indexOf(words),
      sameWordsAs: (sameSentences.get(sentenceKey(corridor, quote)) ?? []).slice(0, sameWordsMax).sort(),
    };
    return { corridor, position, claimId, told };
  });
}

function versionOf(claim: Claim, corridor: string, position: number, title: string | null): WordedVersion {
  return { corridor, position, claim, words: JSON.stringify([title, claim.speakerName, claim.quote]) };
}

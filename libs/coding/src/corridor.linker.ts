import { type CodableStatement } from './coder.ts';
import {
  type CorridorGazetteer,
  findMentions,
  type Mention,
  type MentionKind,
} from './corridor.gazetteer.ts';
import { foldText } from './folded-text.ts';
import { tokenize, type Word } from './word.tokenizer.ts';

export interface LinkedMention {
  readonly corridor: string;
  readonly kind: MentionKind;
  readonly isName: boolean;
  readonly from: number;
  readonly to: number;
}

export interface LinkedSentence {
  readonly mentions: readonly LinkedMention[];
  /** The corridor that a sentence which names none may speak of. */
  readonly focus: string | null;
}

/** How far a "the road" may be from the last time its corridor was named, in sentences. */
const anaphorSentencesMax = 12;

/** How long a corridor stays in focus for a sentence that names none. */
const focusSentencesMax = 2;

/**
 * Which corridor each sentence speaks of. A name says so itself. "The road" means the corridor of that class that was
 * named last, if the text is tied to one: by a name, by the title or by the publisher's own tag. Null when it is not.
 */
export function linkCorridors(
  gazetteer: CorridorGazetteer,
  statement: CodableStatement,
  sentences: readonly (readonly Word[])[],
): readonly LinkedSentence[] | null {
  const found = sentences.map((words) => findMentions(gazetteer, words));
  const anchors = anchorsOf(gazetteer, statement);
  const firstNamed = found.flat().find(({ isName }) => isName)?.corridors[0];
  const tied = new Set([
    ...anchors,
    ...found
      .flat()
      .filter(({ isName }) => isName)
      .flatMap((m) => m.corridors),
  ]);
  if (tied.size === 0) return null;
  const lastSeen = new Map<string, number>();
  return found.map((mentions, sentence) => {
    const linked = mentions.flatMap((mention) => {
      const corridor = mention.isName
        ? (mention.corridors.find((id) => anchors.includes(id)) ?? mention.corridors[0])
        : antecedentOf(mention, sentence);
      if (corridor === undefined) return [];
      // Seen again, so that it is the last one now.
      lastSeen.delete(corridor);
      lastSeen.set(corridor, sentence);
      const { kind, isName, from, to } = mention;
      return [{ corridor, kind, isName, from, to }];
    });
    return { mentions: linked, focus: focusAt(sentence) };
  });

  function antecedentOf(mention: Mention, sentence: number): string | undefined {
    const possible = mention.corridors.filter((id) => tied.has(id));
    const recent = [...lastSeen].reverse().find(([id]) => possible.includes(id));
    if (recent !== undefined && sentence - recent[1] <= anaphorSentencesMax) return recent[0];
    const anchor = anchors.find((id) => possible.includes(id));
    if (anchor !== undefined) return anchor;
    return recent === undefined && possible.length === 1 && possible[0] === firstNamed
      ? firstNamed
      : undefined;
  }

  function focusAt(sentence: number): string | null {
    const recent = [...lastSeen].at(-1);
    if (recent !== undefined && sentence - recent[1] <= focusSentencesMax) return recent[0];
    return anchors.length === 1 ? (anchors[0] ?? null) : null;
  }
}

/** Corridors that the whole text is about. */
function anchorsOf(gazetteer: CorridorGazetteer, { title, about }: CodableStatement): readonly string[] {
  const known = about.filter((id) => gazetteer.corridors.includes(id));
  const titled = title === null ? [] : findMentions(gazetteer, tokenize(title, foldText(title)));
  const named = titled.filter(({ isName }) => isName).flatMap(({ corridors }) => corridors.slice(0, 1));
  return [...new Set([...known, ...named])];
}

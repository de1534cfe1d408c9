import { type Why } from '#events';
import { type CodableStatement } from './coder.ts';
import {
  type CorridorGazetteer,
  findMentions,
  type Mention,
  type MentionKind,
} from './corridor.gazetteer.ts';
import { foldText } from './folded-text.ts';
import { tokenize, type Word } from './word.tokenizer.ts';

/** What ties words to a corridor. */
export type Tie = Why['corridor']['by'];

export interface LinkedMention {
  readonly corridor: string;
  readonly by: Tie;
  readonly kind: MentionKind;
  readonly isName: boolean;
  readonly from: number;
  readonly to: number;
}

export interface LinkedSentence {
  readonly mentions: readonly LinkedMention[];
  /** The corridor that a sentence which names none may speak of. */
  readonly focus: Focus | null;
}

export interface Focus {
  readonly corridor: string;
  readonly by: Tie;
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
    ...anchors.map(({ corridor }) => corridor),
    ...found
      .flat()
      .filter(({ isName }) => isName)
      .flatMap((m) => m.corridors),
  ]);
  if (tied.size === 0) return null;
  const lastSeen = new Map<string, number>();
  return found.map((mentions, sentence) => {
    const linked = mentions.flatMap((mention) => {
      const tied = mention.isName ? nameOf(mention) : antecedentOf(mention, sentence);
      if (tied === undefined) return [];
      const { corridor, by } = tied;
      // Seen again, so that it is the last one now.
      lastSeen.delete(corridor);
      lastSeen.set(corridor, sentence);
      const { kind, isName, from, to } = mention;
      return [{ corridor, by, kind, isName, from, to }];
    });
    return { mentions: linked, focus: focusAt(sentence) };
  });

  function nameOf({ corridors }: Mention): Focus | undefined {
    const corridor = corridors.find((id) => anchors.some((anchor) => anchor.corridor === id)) ?? corridors[0];
    return corridor === undefined ? undefined : { corridor, by: 'name' };
  }

  function antecedentOf(mention: Mention, sentence: number): Focus | undefined {
    const possible = mention.corridors.filter((id) => tied.has(id));
    const recent = [...lastSeen].reverse().find(([id]) => possible.includes(id));
    const by = mention.isListed ? 'context' : 'anaphor';
    if (recent !== undefined && sentence - recent[1] <= anaphorSentencesMax)
      return { corridor: recent[0], by };
    const anchor = anchors.find(({ corridor }) => possible.includes(corridor));
    if (anchor !== undefined) return anchor;
    const isOnly = recent === undefined && possible.length === 1 && possible[0] === firstNamed;
    return isOnly && firstNamed !== undefined ? { corridor: firstNamed, by } : undefined;
  }

  function focusAt(sentence: number): Focus | null {
    const recent = [...lastSeen].at(-1);
    if (recent !== undefined && sentence - recent[1] <= focusSentencesMax)
      return { corridor: recent[0], by: 'focus' };
    return anchors.length === 1 ? (anchors[0] ?? null) : null;
  }
}

/** Corridors that the whole text is about. */
function anchorsOf(gazetteer: CorridorGazetteer, { title, about }: CodableStatement): readonly Focus[] {
  const known = about.filter((id) => gazetteer.corridors.includes(id));
  const titled = title === null ? [] : findMentions(gazetteer, tokenize(title, foldText(title)));
  const named = titled.filter(({ isName }) => isName).flatMap(({ corridors }) => corridors.slice(0, 1));
  const tagged = [...new Set(known)].map((corridor): Focus => ({ corridor, by: 'about' }));
  const others = [...new Set(named)].filter((corridor) => !known.includes(corridor));
  return [...tagged, ...others.map((corridor): Focus => ({ corridor, by: 'title' }))];
}

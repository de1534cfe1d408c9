import { type Why } from '#events';
import { type CodableStatement } from '../coder.ts';
import { salienceOf } from './corridor.focus.ts';
import { type CorridorGazetteer, type Mention } from './corridor.gazetteer.ts';
import { type MentionKind } from './mention.kind.ts';
import { tiedCorridors } from './corridor.tie.ts';
import { foldText } from '../text/folded-text.ts';
import { findMentions } from './mention.finder.ts';
import { servedAt } from './territory.finder.ts';
import { tokenize, type Word } from '../text/word.tokenizer.ts';

/** What ties words to a corridor. */
export type Tie = Why['corridor']['by'];

export interface TiedCorridor {
  readonly corridor: string;
  readonly by: Tie;
}

export interface LinkedMention {
  /** Several where a plural means several. */
  readonly ties: readonly TiedCorridor[];
  readonly kind: MentionKind;
  readonly isName: boolean;
  readonly from: number;
  readonly to: number;
}

/** The corridor that a sentence which names none may speak of. */
export interface Focus extends TiedCorridor {
  /** From 0 to 100. */
  readonly salience: number;
}

export interface LinkedSentence {
  readonly mentions: readonly LinkedMention[];
  readonly focus: Focus | null;
}

/** How far a "the road" may be from the last time its corridor was spoken of, in sentences. */
const anaphorSentencesMax = 12;
/** A note: what its publisher tagged it with is all that it speaks of. */
export const noteSentencesMax = 3;
/** Below it a sentence without a name speaks of no corridor. */
const salienceMin = 40;

/**
 * Which corridor each sentence speaks of. A name says so itself. "The road" means the corridor of that class that was
 * spoken of last, if the text is tied to one. Null when it is not.
 */
export function linkCorridors(
  gazetteer: CorridorGazetteer,
  statement: CodableStatement,
  sentences: readonly (readonly Word[])[],
): readonly LinkedSentence[] | null {
  const { title } = statement;
  const titleWords = title === null ? [] : tokenize(title, foldText(title));
  const titled = findMentions(gazetteer, titleWords);
  const anchors = anchorsOf(gazetteer, statement, titled, servedAt(gazetteer, titleWords));
  const mentions = sentences.map((words) => findMentions(gazetteer, words));
  const served = sentences.map((words) => servedAt(gazetteer, words));
  const tied = tiedCorridors(gazetteer, {
    sentences: [titleWords, ...sentences],
    mentions: [titled, ...mentions],
    served,
    anchors: [...anchors.keys()],
  });
  return tied.size === 0 ? null : new Linker(gazetteer, anchors, tied, sentences, mentions, served).link();
}

type Anchors = ReadonlyMap<string, Tie>;

/** Corridors that the whole text is about. */
function anchorsOf(
  { profiles }: CorridorGazetteer,
  { about }: CodableStatement,
  titled: readonly Mention[],
  served: readonly string[],
): Anchors {
  const named = titled.filter(({ isName }) => isName).flatMap(({ corridors }) => corridors.slice(0, 1));
  return new Map([
    ...[...named, ...served].map((id): [string, Tie] => [id, 'title']),
    ...about.filter((id) => profiles.has(id)).map((id): [string, Tie] => [id, 'about']),
  ]);
}

class Linker {
  /** In the order in which they were spoken of last, and where that was. */
  private readonly lastSeen = new Map<string, number>();
  private readonly seenIn = new Map<string, Set<number>>();

  constructor(
    private readonly gazetteer: CorridorGazetteer,
    private readonly anchors: Anchors,
    private readonly tied: ReadonlySet<string>,
    private readonly sentences: readonly (readonly Word[])[],
    private readonly found: readonly (readonly Mention[])[],
    private readonly served: readonly (readonly string[])[],
  ) {}

  link(): readonly LinkedSentence[] {
    const linked = this.sentences.map((_, sentence) => this.mentionsIn(sentence));
    this.lastSeen.clear();
    return linked.map((mentions, sentence) => {
      for (const { ties } of mentions) for (const { corridor } of ties) this.see(corridor, sentence);
      for (const corridor of this.served[sentence] ?? []) this.see(corridor, sentence);
      return { mentions, focus: mentions.length > 0 ? null : this.focusAt(sentence) };
    });
  }

  private mentionsIn(sentence: number): readonly LinkedMention[] {
    const linked = (this.found[sentence] ?? []).flatMap((mention) => {
      const { kind, isName, isPlural, from, to } = mention;
      const all = isName ? this.namedBy(mention) : this.antecedentsOf(mention, sentence);
      const ties = isPlural ? all : all.slice(0, 1);
      for (const { corridor } of ties) this.see(corridor, sentence);
      return ties.length === 0 ? [] : [{ ties, kind, isName, from, to }];
    });
    for (const corridor of this.served[sentence] ?? []) this.see(corridor, sentence);
    return linked;
  }

  /** Seen again, so that it is the last one now. */
  private see(corridor: string, sentence: number): void {
    this.lastSeen.delete(corridor);
    this.lastSeen.set(corridor, sentence);
    this.seenIn.set(corridor, (this.seenIn.get(corridor) ?? new Set()).add(sentence));
  }

  private namedBy({ corridors }: Mention): readonly TiedCorridor[] {
    const corridor = corridors.find((id) => this.anchors.has(id)) ?? corridors[0];
    return corridor === undefined ? [] : [{ corridor, by: 'name' }];
  }

  private antecedentsOf({ corridors, isListed }: Mention, sentence: number): readonly TiedCorridor[] {
    const possible = corridors.filter((id) => this.tied.has(id));
    const by = isListed ? 'context' : 'anaphor';
    const near = [...this.lastSeen]
      .reverse()
      .filter(([id, at]) => possible.includes(id) && sentence - at <= anaphorSentencesMax);
    if (near.length > 0) return near.map(([corridor]) => ({ corridor, by }));
    const anchor = [...this.anchors].find(([id]) => possible.includes(id));
    if (anchor !== undefined) return [{ corridor: anchor[0], by: anchor[1] }];
    return possible.length === 1 ? possible.map((corridor) => ({ corridor, by })) : [];
  }

  private focusAt(sentence: number): Focus | null {
    const candidates = [...this.tied].map((corridor): Focus => {
      const anchor = this.lastSeen.has(corridor) ? undefined : this.anchors.get(corridor);
      return { corridor, by: anchor ?? 'focus', salience: this.salienceAt(corridor, sentence) };
    });
    const best = candidates.toSorted((a, b) => b.salience - a.salience)[0];
    return best === undefined || best.salience < salienceMin ? null : best;
  }

  private salienceAt(corridor: string, sentence: number): number {
    const { lexicon, profiles } = this.gazetteer;
    const seen = this.lastSeen.get(corridor);
    const places = this.seenIn.get(corridor) ?? new Set();
    const next = [sentence + 1, sentence + 2].find((place) => places.has(place));
    const evidence = {
      distance: seen === undefined ? null : sentence - seen,
      ahead: next === undefined ? null : next - sentence,
      isAnchor: this.anchors.has(corridor),
      isOnlyOne: this.tied.size === 1,
      isTaggedNote: this.sentences.length <= noteSentencesMax && this.anchors.get(corridor) === 'about',
      density: places.size / Math.max(1, this.sentences.length),
    };
    return salienceOf(
      lexicon,
      evidence,
      this.sentences[sentence] ?? [],
      profiles.get(corridor)?.parties ?? new Set(),
    );
  }
}

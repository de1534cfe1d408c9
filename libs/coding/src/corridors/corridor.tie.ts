import { actorNamedAt } from '../actors/actor.finder.ts';
import { type ActorGazetteer } from '../actors/actor.gazetteer.ts';
import { type CorridorGazetteer, type Mention } from './corridor.gazetteer.ts';
import { type CorridorProfile } from './corridor.profile.ts';
import { type Word } from '../text/word.tokenizer.ts';

/** What a text holds of corridors before it is known which of them it speaks of. */
export interface FoundMentions {
  readonly sentences: readonly (readonly Word[])[];
  readonly mentions: readonly (readonly Mention[])[];
  /** Corridors to which each sentence speaks of access by the name of their territory. */
  readonly served: readonly (readonly string[])[];
  /** Named by the title or tagged by the publisher. */
  readonly anchors: readonly string[];
}

/**
 * The corridors that a text is tied to. A name is enough. Where a text names none, or the words belong to another one
 * than those it names, its words and the parties that it names must point the same way.
 */
export function tiedCorridors(gazetteer: CorridorGazetteer, found: FoundMentions): ReadonlySet<string> {
  const mentions = found.mentions.flat();
  const tied = new Set([
    ...found.anchors,
    ...mentions.filter(({ isName }) => isName).flatMap(({ corridors }) => corridors.slice(0, 1)),
    ...found.served.flat(),
  ]);
  const specific = mentions.filter(({ isSpecific }) => isSpecific).flatMap(({ corridors }) => corridors);
  const isBlockade = tied.size === 0 && mentions.some(({ kind }) => kind === 'blocked');
  if (specific.every((id) => tied.has(id)) && !isBlockade) return tied;
  const evidence = evidenceOf(gazetteer.lexicon.actors, found.sentences);
  for (const id of new Set(specific)) {
    const others = [...tied].map((other) => gazetteer.profiles.get(other));
    if (pointsFor(gazetteer.profiles.get(id), evidence, others) > 0) tied.add(id);
  }
  if (tied.size === 0 && isBlockade) for (const id of blockadeOf(gazetteer, evidence)) tied.add(id);
  return tied;
}

interface Evidence {
  readonly words: ReadonlySet<string>;
  readonly actors: ReadonlySet<string>;
}

function evidenceOf(gazetteer: ActorGazetteer, sentences: readonly (readonly Word[])[]): Evidence {
  const words = new Set<string>();
  const actors = new Set<string>();
  for (const sentence of sentences) {
    for (const [at, word] of sentence.entries()) {
      words.add(word.text.replace(/s$/, ''));
      const actor = word.isCapitalized ? actorNamedAt(gazetteer, sentence, at) : null;
      if (actor !== null) actors.add(actor);
    }
  }
  return { words, actors };
}

/** Parties that no other corridor of the text accounts for, and words of its names. */
function pointsFor(
  profile: CorridorProfile | undefined,
  { words, actors }: Evidence,
  others: readonly (CorridorProfile | undefined)[],
): number {
  if (profile === undefined) return 0;
  const parties = [...profile.parties].filter(
    (party) => actors.has(party) && !others.some((other) => other?.parties.has(party)),
  );
  return parties.length + [...profile.topics].filter((word) => words.has(word.replace(/s$/, ''))).length;
}

/** "The blockade" where two parties to a corridor are named, and no other corridor fits as well. */
function blockadeOf({ profiles, lexicon }: CorridorGazetteer, evidence: Evidence): readonly string[] {
  const isOfTheSea = [...lexicon.words.shippingWord].some((word) => evidence.words.has(word));
  const ranked = [...profiles]
    .filter(([, { parties }]) => [...parties].filter((party) => evidence.actors.has(party)).length > 1)
    .filter(([, profile]) => profile.isKnownAsBlockade || (isOfTheSea && profile.isOfTheSea))
    .map(([id, profile]) => ({ id, points: pointsFor(profile, evidence, []) }))
    .toSorted((a, b) => b.points - a.points);
  const [first, second] = ranked;
  return first === undefined || first.points === second?.points ? [] : [first.id];
}

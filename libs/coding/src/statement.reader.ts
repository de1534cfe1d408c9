import { type Actor, findActors } from './actors/actor.finder.ts';
import { type ActorGazetteer } from './actors/actor.gazetteer.ts';
import { type Voice } from './voices/frame.ts';
import { bylineOf } from './voices/byline.ts';
import { type CodableStatement } from './coder.ts';
import { type Lexicon } from './lexicon/coding.lexicon.ts';
import { type CorridorGazetteer } from './corridors/corridor.gazetteer.ts';
import { type Focus, linkCorridors, noteSentencesMax } from './corridors/corridor.linker.ts';
import { foldText } from './text/folded-text.ts';
import { type MaskedSentence, maskSentence } from './text/masked-sentence.ts';
import { segmentSentences, type Sentence } from './text/sentence.segmenter.ts';
import { readPublisher, stateReportedOn } from './voices/publisher.reader.ts';
import { nobody, type People, rememberPeople } from './actors/people.ts';
import { type WordLists } from './lexicon/word-lists.ts';
import { tokenize, type Word } from './text/word.tokenizer.ts';

export interface ReadSentence {
  readonly sentence: Sentence;
  readonly masked: MaskedSentence;
  /** The corridor that it may speak of without naming one. */
  readonly focus: Focus | null;
}

/** A statement with its corridors and actors found: all that does not ask who speaks. */
export interface ReadStatement {
  readonly sentences: readonly ReadSentence[];
  readonly publisher: Voice;
  readonly people: People;
  /** A note that its publisher tagged with a corridor that is known. */
  readonly isTagged: boolean;
}

/** Null when the text is tied to no corridor, as most texts are. */
export function readStatement(
  statement: CodableStatement,
  gazetteer: CorridorGazetteer,
): ReadStatement | null {
  const { body } = statement;
  const { lexicon } = gazetteer;
  const folded = foldText(body);
  const sentences = segmentSentences(body, lexicon.words);
  const words = sentences.map(({ start, end }) => tokenize(body, folded, start, end));
  const linked = linkCorridors(gazetteer, statement, words);
  if (linked === null) return null;
  const { voice, ...setting } = readPublisher(lexicon.actors, statement.publisher);
  const { home } = setting;
  const reported = stateReportedOn(lexicon.actors, statement.title ?? '');
  const people = nobody({ ...setting, reported });
  for (const state of [home, reported])
    if (state !== null && !lexicon.actors.states.has(state)) people.states.set(state.toLowerCase(), state);
  const publisher = publisherOf(lexicon, voice, statement.title, people);
  const actorsOf = introducing(lexicon.actors, body, words, people);
  const read = sentences.map((sentence, index): ReadSentence => {
    const own = words[index] ?? [];
    const actors = (actorsOf[index] ?? []).filter(
      (actor) => actor.isKnown || !isShouted(actor, own, lexicon.words),
    );
    const { mentions = [], focus = null } = linked[index] ?? {};
    return { sentence, masked: maskSentence(folded, sentence, own, mentions, actors), focus };
  });
  const isTagged =
    sentences.length <= noteSentencesMax && statement.about.some((id) => gazetteer.profiles.has(id));
  return { sentences: read, publisher, people, isTagged };
}

/** A headline names by the surname whom the text introduces below, so what precedes an introduction is read again. */
function introducing(
  gazetteer: ActorGazetteer,
  body: string,
  sentences: readonly (readonly Word[])[],
  people: People,
): readonly (readonly Actor[])[] {
  const scene = people.scene.state;
  let introducedUpTo = 0;
  const first = sentences.map((words, index) => {
    const actors = findActors(gazetteer, body, words, people);
    const known = people.bySurname.size;
    rememberPeople(actors, people);
    if (people.bySurname.size > known) introducedUpTo = index;
    return actors;
  });
  people.scene.state = scene;
  return first.map((actors, index) =>
    index < introducedUpTo ? findActors(gazetteer, body, sentences[index] ?? [], people) : actors,
  );
}

/** "BLOCKADING", "all Ships": capitals that name nobody. */
function isShouted(
  { start, end }: Actor,
  words: readonly Word[],
  { flowNoun, topicalWord }: WordLists,
): boolean {
  const own = words.filter((word) => word.start >= start && word.end <= end);
  return own.every(({ text }) => flowNoun.has(text) || topicalWord.has(text));
}

const jointTitle =
  /\bjoint (?:statement|declaration|communiqu)|\bleaders.{0,3} (?:statement|communiqu|declaration)/i;

/**
 * A joint statement speaks for those whom its title names, any other text for its publisher; in the name of the one
 * official whom the title gives ("Remarks by …").
 */
function publisherOf(
  { actors: gazetteer, speech }: Lexicon,
  voice: string,
  title: string | null,
  people: People,
): Voice {
  const own: Voice = { holders: [{ speaker: voice, person: null }], by: 'publisher', span: null };
  if (title === null) return own;
  const words = tokenize(title, foldText(title));
  const actors = findActors(gazetteer, title, words, people);
  const known = actors.filter(({ isKnown }) => isKnown);
  rememberPeople(known, people);
  if (jointTitle.test(title)) {
    const signatories = [...new Set(known.filter(isBody).map(({ speaker }) => speaker))];
    const holders = signatories.map((speaker) => ({ speaker, person: null }));
    return holders.length === 0 ? own : { holders, by: 'signatory', span: null };
  }
  const [author, other] = bylineOf(speech, title, words, actors);
  if (author === undefined || other !== undefined) return own;
  if (author.speaker === voice) return { ...own, holders: [author] };
  // "Comment by spokesperson Doe": whom the title gives no other voice has the publisher's.
  const isOwn = (people.home ?? people.house) !== null && author.speaker === author.person;
  return isOwn ? { ...own, holders: [{ speaker: voice, person: author.person }] } : own;
}

function isBody({ person }: Actor): boolean {
  return person === null;
}

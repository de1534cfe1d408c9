import { type Actor, findActors, publisherVoice } from './actor.finder.ts';
import { type ActorGazetteer, type People, rememberPeople } from './actor.gazetteer.ts';
import { type Voice } from './attribution.ts';
import { type CodableStatement } from './coder.ts';
import { type CorridorGazetteer } from './corridor.gazetteer.ts';
import { type Focus, linkCorridors } from './corridor.linker.ts';
import { foldText } from './folded-text.ts';
import { type MaskedSentence, maskSentence } from './masked-sentence.ts';
import { segmentSentences, type Sentence } from './sentence.segmenter.ts';
import { tokenize } from './word.tokenizer.ts';

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
  const people: People = new Map();
  const publisher = publisherVoiceOf(lexicon.actors, statement, people);
  const read = sentences.map((sentence, index): ReadSentence => {
    const own = words[index] ?? [];
    const actors = findActors(lexicon.actors, body, own, people);
    rememberPeople(actors, people);
    const { mentions = [], focus = null } = linked[index] ?? {};
    return { sentence, masked: maskSentence(folded, sentence, own, mentions, actors), focus };
  });
  return { sentences: read, publisher, people };
}

const jointTitle =
  /\bjoint (?:statement|declaration|communiqu)|\bleaders.{0,3} (?:statement|communiqu|declaration)/i;

/** A joint statement speaks for those whom its title names; any other for its publisher. */
function publisherVoiceOf(
  gazetteer: ActorGazetteer,
  { publisher, title }: CodableStatement,
  people: People,
): Voice {
  const own: Voice = {
    holders: [{ speaker: publisherVoice(gazetteer, publisher), person: null }],
    by: 'publisher',
    span: null,
  };
  if (title === null) return own;
  const actors = findActors(gazetteer, title, tokenize(title, foldText(title)), people).filter(
    ({ isKnown }) => isKnown,
  );
  rememberPeople(actors, people);
  if (!jointTitle.test(title)) return own;
  const signatories = [...new Set(actors.filter(isBody).map(({ speaker }) => speaker))];
  if (signatories.length === 0) return own;
  return { holders: signatories.map((speaker) => ({ speaker, person: null })), by: 'signatory', span: null };
}

function isBody({ person }: Actor): boolean {
  return person === null;
}

import {
  type Actor,
  findActors,
  type People,
  personBySurname,
  publisherVoice,
  rememberPeople,
  surnameOf,
} from './actor.gazetteer.ts';
import { findFrames, type Frame, type Holder } from './attribution.ts';
import { assembleClaims } from './claim.assembler.ts';
import { type CodableCorridor, type CodableStatement, type CodedClaim, type Coder } from './coder.ts';
import { compileCorridors, type CorridorGazetteer } from './corridor.gazetteer.ts';
import { linkCorridors } from './corridor.linker.ts';
import { foldText } from './folded-text.ts';
import { maskSentence } from './masked-sentence.ts';
import { findClaims } from './sentence.coder.ts';
import { segmentSentences } from './sentence.segmenter.ts';
import { SpeakerTracker } from './speaker.tracker.ts';
import { tokenize } from './word.tokenizer.ts';

/** Gazetteers, tables and rules; no model. Each stage is a pure function in a file of its own. */
export const rulesCoder: Coder = { id: 'rules/1', code };

function code(statement: CodableStatement, corridors: readonly CodableCorridor[]): readonly CodedClaim[] {
  const { body, language, publishedAt, statementId } = statement;
  if (language !== null && !/^en(?:-|$)/i.test(language)) return [];
  const folded = foldText(body);
  const sentences = segmentSentences(body);
  const words = sentences.map(({ start, end }) => tokenize(body, folded, start, end));
  const linked = linkCorridors(gazetteerOf(corridors), statement, words);
  if (linked.every(({ mentions, focus }) => mentions.length === 0 && focus === null)) return [];

  const people: People = new Map();
  const publisher = publisherHolders(statement, people);
  const parties = new Map(corridors.map(({ id, parties: names }) => [id, new Set(names)]));
  const masked = sentences.map((sentence, index) => {
    const actors = findActors(body, words[index] ?? [], people);
    rememberPeople(actors, people);
    return maskSentence(folded, sentence, words[index] ?? [], linked[index]?.mentions ?? [], actors);
  });
  const tracker = new SpeakerTracker(body, publisher, people);
  return sentences.flatMap((sentence, index) => {
    const own = masked[index];
    if (own === undefined) return [];
    const { antecedent } = tracker;
    const frames = findFrames(own, antecedent).map((frame) => introduced(frame, people));
    const voice = tracker.enter(sentence, frames, () => framesAhead(index, antecedent));
    const findings = findClaims({
      masked: own,
      frames,
      voice,
      focus: linked[index]?.focus ?? null,
      publishedAt,
      isPartyOf: (corridor, speaker) => parties.get(corridor)?.has(speaker) ?? false,
    });
    const { start, end } = sentence;
    return assembleClaims(
      { statementId, coder: rulesCoder.id, start, end, quote: body.slice(start, end) },
      findings,
    );
  });

  function* framesAhead(index: number, antecedent: readonly Holder[] | null): Generator<readonly Frame[]> {
    for (let next = index + 1; next <= index + 4; next++) {
      const following = masked[next];
      if (following === undefined || sentences[next]?.paragraph !== sentences[index]?.paragraph) return;
      yield findFrames(following, antecedent);
    }
  }
}

/** A joint statement speaks for those whom its title names; any other for its publisher. */
function publisherHolders({ publisher, title }: CodableStatement, people: People): readonly Holder[] {
  const own = { speaker: publisherVoice(publisher), person: null };
  if (title === null) return [own];
  const actors = findActors(title, tokenize(title, foldText(title)), people).filter(({ isKnown }) => isKnown);
  rememberPeople(actors, people);
  if (
    !/\bjoint (?:statement|declaration|communiqu)|\bleaders.{0,3} (?:statement|communiqu|declaration)/i.test(
      title,
    )
  )
    return [own];
  const signatories = [...new Set(actors.filter(isSignatory).map(({ speaker }) => speaker))];
  return signatories.length === 0 ? [own] : signatories.map((speaker) => ({ speaker, person: null }));
}

/** Whom a text has once introduced with an office or an employer speaks for them again under the bare name. */
function introduced(frame: Frame, people: People): Frame {
  const holders = frame.holders?.map((holder) => {
    if (holder.person !== null) rememberPeople([holder], people);
    const known = holder.person === null ? personBySurname(surnameOf(holder.speaker), people) : null;
    return known?.person.endsWith(holder.speaker) === true ? known : holder;
  });
  return { ...frame, holders: holders ?? null };
}

function isSignatory({ person }: Actor): boolean {
  return person === null;
}

// The registry is one object for many statements; compiling it costs as much as coding a short text.
const gazetteers = new WeakMap<readonly CodableCorridor[], CorridorGazetteer>();

function gazetteerOf(corridors: readonly CodableCorridor[]): CorridorGazetteer {
  let gazetteer = gazetteers.get(corridors);
  if (gazetteer === undefined) gazetteers.set(corridors, (gazetteer = compileCorridors(corridors)));
  return gazetteer;
}

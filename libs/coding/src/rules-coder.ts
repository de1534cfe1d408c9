import {
  type ActorGazetteer,
  type People,
  personBySurname,
  rememberPeople,
  surnameOf,
} from './actor.gazetteer.ts';
import { findFrames, type Frame, type Holder } from './attribution.ts';
import { assembleClaims } from './claim.assembler.ts';
import { type CodableCorridor, type CodableStatement, type CodedClaim, type Coder, speaks } from './coder.ts';
import { codingDataHash } from './coding-data.ts';
import { type CodingData } from './coding-data.schema.ts';
import { compileLexicon, type Lexicon } from './coding.lexicon.ts';
import { compileCorridors, type CorridorGazetteer } from './corridor.gazetteer.ts';
import { defaultCodingData } from './default-coding-data.ts';
import { findClaims } from './sentence.coder.ts';
import { type FramedSentence, SpeakerTracker } from './speaker.tracker.ts';
import { readStatement, type ReadStatement } from './statement.reader.ts';

const id = 'rules/2';
const languages: readonly string[] = ['en'];

/** Gazetteers, word lists and rules; no model. Each stage is a pure function in a file of its own. */
export function createRulesCoder(data: CodingData = defaultCodingData): Coder {
  const lexicon = compileLexicon(data);
  const gazetteerOf = gazetteers(lexicon);
  const coder: Coder = {
    id,
    data: codingDataHash(data),
    languages,
    code: (statement, corridors) => {
      if (!speaks(coder, statement.language ?? 'en')) return [];
      const read = readStatement(statement, gazetteerOf(corridors));
      return read === null ? [] : codeSentences(coder, lexicon, statement, corridors, read);
    },
  };
  return coder;
}

/** With the data that ships. */
export const rulesCoder: Coder = createRulesCoder();

function codeSentences(
  { id: coder, data: coderData }: Coder,
  lexicon: Lexicon,
  { statementId, body, publishedAt }: CodableStatement,
  corridors: readonly CodableCorridor[],
  { sentences, publisher, people }: ReadStatement,
): readonly CodedClaim[] {
  const parties = new Map(corridors.map(({ id, parties: names }) => [id, new Set(names)]));
  const isPartyOf = (corridor: string, speaker: string) => parties.get(corridor)?.has(speaker) ?? false;
  const tracker = new SpeakerTracker(body, publisher, people, lexicon.actors);
  return sentences.flatMap(({ sentence, masked, focus }, index) => {
    const { antecedent } = tracker;
    const frames = findFrames(lexicon.speech, masked, antecedent).map((frame) =>
      introduced(lexicon.actors, frame, people),
    );
    const voice = tracker.enter(sentence, masked, frames, () =>
      framesAhead(lexicon, sentences, index, antecedent),
    );
    const findings = findClaims({ lexicon, masked, frames, voice, focus, publishedAt, isPartyOf });
    const { start, end } = sentence;
    const span = { statementId, coder, coderData, start, end, quote: body.slice(start, end) };
    return assembleClaims(span, findings);
  });
}

/** A quote names its speaker within a few sentences, or not at all. */
const sentencesAheadMax = 4;

function* framesAhead(
  { speech }: Lexicon,
  sentences: ReadStatement['sentences'],
  index: number,
  antecedent: readonly Holder[] | null,
): Generator<FramedSentence> {
  const paragraph = sentences[index]?.sentence.paragraph;
  for (const { sentence, masked } of sentences.slice(index + 1, index + 1 + sentencesAheadMax)) {
    if (sentence.paragraph !== paragraph) return;
    yield { masked, frames: findFrames(speech, masked, antecedent) };
  }
}

/** Whom a text has once introduced with an office or an employer speaks for them again under the bare name. */
function introduced(actors: ActorGazetteer, frame: Frame, people: People): Frame {
  const holders = frame.holders?.map((holder) => {
    if (holder.person !== null) rememberPeople([holder], people);
    const known = holder.person === null ? personBySurname(actors, surnameOf(holder.speaker), people) : null;
    return known?.person.endsWith(holder.speaker) === true ? known : holder;
  });
  return { ...frame, holders: holders ?? null };
}

// The registry is one object for many statements; compiling it costs as much as coding a short text.
function gazetteers(lexicon: Lexicon) {
  const compiled = new WeakMap<readonly CodableCorridor[], CorridorGazetteer>();
  return (corridors: readonly CodableCorridor[]): CorridorGazetteer => {
    let gazetteer = compiled.get(corridors);
    if (gazetteer === undefined) compiled.set(corridors, (gazetteer = compileCorridors(corridors, lexicon)));
    return gazetteer;
  };
}

import { type People, personBySurname, rememberPeople, surnameOf } from './actor.gazetteer.ts';
import { findFrames, type Frame, type Holder } from './attribution.ts';
import { assembleClaims } from './claim.assembler.ts';
import { type CodableCorridor, type CodableStatement, type CodedClaim, type Coder } from './coder.ts';
import { compileCorridors, type CorridorGazetteer } from './corridor.gazetteer.ts';
import { findClaims } from './sentence.coder.ts';
import { SpeakerTracker } from './speaker.tracker.ts';
import { readStatement, type ReadStatement } from './statement.reader.ts';

/** Gazetteers, tables and rules; no model. Each stage is a pure function in a file of its own. */
export const rulesCoder: Coder = { id: 'rules/1', code };

function code(statement: CodableStatement, corridors: readonly CodableCorridor[]): readonly CodedClaim[] {
  if (statement.language !== null && !/^en(?:-|$)/i.test(statement.language)) return [];
  const read = readStatement(statement, gazetteerOf(corridors));
  return read === null ? [] : codeSentences(statement, corridors, read);
}

function codeSentences(
  { statementId, body, publishedAt }: CodableStatement,
  corridors: readonly CodableCorridor[],
  { sentences, publisher, people }: ReadStatement,
): readonly CodedClaim[] {
  const parties = new Map(corridors.map(({ id, parties: names }) => [id, new Set(names)]));
  const isPartyOf = (corridor: string, speaker: string) => parties.get(corridor)?.has(speaker) ?? false;
  const tracker = new SpeakerTracker(body, publisher, people);
  return sentences.flatMap(({ sentence, masked, focus }, index) => {
    const { antecedent } = tracker;
    const frames = findFrames(masked, antecedent).map((frame) => introduced(frame, people));
    const voice = tracker.enter(sentence, frames, () => framesAhead(sentences, index, antecedent));
    const findings = findClaims({ masked, frames, voice, focus, publishedAt, isPartyOf });
    const { start, end } = sentence;
    const span = { statementId, coder: rulesCoder.id, start, end, quote: body.slice(start, end) };
    return assembleClaims(span, findings);
  });
}

/** A quote names its speaker within a few sentences, or not at all. */
const sentencesAheadMax = 4;

function* framesAhead(
  sentences: ReadStatement['sentences'],
  index: number,
  antecedent: readonly Holder[] | null,
): Generator<readonly Frame[]> {
  const paragraph = sentences[index]?.sentence.paragraph;
  for (const { sentence, masked } of sentences.slice(index + 1, index + 1 + sentencesAheadMax)) {
    if (sentence.paragraph !== paragraph) return;
    yield findFrames(masked, antecedent);
  }
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

// The registry is one object for many statements; compiling it costs as much as coding a short text.
const gazetteers = new WeakMap<readonly CodableCorridor[], CorridorGazetteer>();

function gazetteerOf(corridors: readonly CodableCorridor[]): CorridorGazetteer {
  let gazetteer = gazetteers.get(corridors);
  if (gazetteer === undefined) gazetteers.set(corridors, (gazetteer = compileCorridors(corridors)));
  return gazetteer;
}

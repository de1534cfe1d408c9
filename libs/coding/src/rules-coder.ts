import { assembleClaims } from './claims/claim.assembler.ts';
import { type CodableCorridor, type CodableStatement, type CodedClaim, type Coder, speaks } from './coder.ts';
import { codingDataHash, extendCodingData, parseCodingDataExtension } from './lexicon/coding-data.ts';
import { type CodingData } from './lexicon/coding-data.schema.ts';
import { compileLexicon, type Lexicon } from './lexicon/coding.lexicon.ts';
import { compileCorridors, type CorridorGazetteer } from './corridors/corridor.gazetteer.ts';
import { defaultCodingData } from './lexicon/default-coding-data.ts';
import { findClaims, matchSentence } from './claims/sentence.coder.ts';
import { remembering } from './passage/flow.reader.ts';
import { readStatement, type ReadStatement } from './statement.reader.ts';
import { readVoices } from './voices/voice.reader.ts';

const id = 'rules/3';
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

/**
 * With the data that ships, extended by an operator's rows.
 * @param file names the rows' source in errors
 * @throws CodingDataError
 */
export function createExtendedRulesCoder(json: unknown, file: string): Coder {
  const extension = parseCodingDataExtension(json, file);
  return createRulesCoder(extendCodingData(defaultCodingData, extension, file));
}

/** With the data that ships. */
export const rulesCoder: Coder = createRulesCoder();

function codeSentences(
  { id: coder, data: coderData }: Coder,
  lexicon: Lexicon,
  { statementId, body, publishedAt }: CodableStatement,
  corridors: readonly CodableCorridor[],
  { sentences, publisher, people, isTagged }: ReadStatement,
): readonly CodedClaim[] {
  const parties = new Map(corridors.map(({ id, parties: names }) => [id, new Set(names)]));
  const isPartyOf = (corridor: string, speaker: string) => parties.get(corridor)?.has(speaker) ?? false;
  const matches = sentences.map((sentence) => matchSentence(lexicon, sentence, isTagged));
  const claimingCount = matches.findLastIndex(({ length }) => length > 0) + 1;
  const spoken = readVoices(lexicon, body, { sentences, publisher, people, isTagged }, claimingCount);
  return spoken.flatMap(({ frames, voice, sentence: { start, end }, masked, focus }, index) => {
    const flowsIn = remembering(lexicon.flowsIn);
    const sentence = { lexicon, masked, flowsIn, isTagged, frames, voice, focus, publishedAt, isPartyOf };
    const findings = findClaims(sentence, matches[index] ?? []);
    const span = { statementId, coder, coderData, start, end, quote: body.slice(start, end) };
    return assembleClaims(span, findings);
  });
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

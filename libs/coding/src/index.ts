export {
  type CodableCorridor,
  type CodableStatement,
  type CodedClaim,
  type Coder,
  coderFor,
} from './coder.ts';
export {
  CodingDataError,
  extendCodingData,
  parseCodingData,
  parseCodingDataExtension,
} from './lexicon/coding-data.ts';
export { type CodingData, type CodingDataExtension } from './lexicon/coding-data.schema.ts';
export { defaultCodingData } from './lexicon/default-coding-data.ts';
export { createExtendedRulesCoder, createRulesCoder, rulesCoder } from './rules-coder.ts';

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
} from './coding-data.ts';
export { type CodingData, type CodingDataExtension } from './coding-data.schema.ts';
export { defaultCodingData } from './default-coding-data.ts';
export { createExtendedRulesCoder, createRulesCoder, rulesCoder } from './rules-coder.ts';

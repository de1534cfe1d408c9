export { type CodableCorridor, type CodableStatement, type CodedClaim, type Coder } from './coder.ts';
export { rulesCoder } from './rules-coder.ts';

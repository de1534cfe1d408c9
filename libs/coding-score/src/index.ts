export { statementRecord, type StatementRecord } from './statement.record.ts';
export { goldRecord, readGold, type GoldFault, type GoldStatement } from './gold.reader.ts';
export { type Accuracy, type Rates } from './agreement.rates.ts';
export { scoreStatement, type PredictedClaim, type ScoredStatement } from './statement.scorer.ts';
export { ratesBy, scoreCoding, scoreFolds, type CodingScore } from './coding.scorer.ts';
export { falseAlarmsOf, missesOf, type MistakenClaim } from './mistakes.ts';

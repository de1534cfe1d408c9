/** Injection tokens for what is an interface in TypeScript. */
export const LEDGER = Symbol('ledger');
export const CODERS = Symbol('coders');
export const INGESTION_POOL = Symbol('ingestion pool');
export const CORRIDORS_FILE = Symbol('corridors file');
/** Further projections of the process; the class `ProjectionHost` stands for the first. */
export const ASSESSMENTS_PROJECTION = Symbol('assessments projection');
export const REDACTIONS_PROJECTION = Symbol('redactions projection');
export const CLAIMS_PROJECTION = Symbol('claims projection');
export const SOURCE_GUARD = Symbol('source guard');
export const SOURCES_PROJECTION = Symbol('sources projection');

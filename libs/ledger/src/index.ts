export * from './ledger.ts';
export * from './ledger.error.ts';
export { deriveId } from './derive-id.ts';
export { ledgerEraserRole, ledgerReaderRole, ledgerWriterRole } from './ledger.roles.ts';
export { ledgerMigrations } from './ledger.migrations.ts';
export { type LedgerSettings, openLedger, type PostgresLedger } from './postgres-ledger.ts';
export { type AppendedListener } from './reading/append-listener.ts';
export { type ErasedEvent, type LedgerEntry } from './reading/recorded-row.ts';

export * from './ledger.ts';
export * from './ledger.error.ts';
export { deriveId } from './derive-id.ts';
export { ledgerReaderRole, ledgerWriterRole } from './ledger.roles.ts';

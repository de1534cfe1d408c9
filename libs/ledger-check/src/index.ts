export { type Fork, type SavedCheckpoint } from './checkpoint.check.ts';
export { checkLedger, type LedgerCheckParts, type LedgerReport, readTrust } from './ledger-check.ts';
export { type LedgerFault, type LedgerFaultCode } from './ledger-fault.ts';

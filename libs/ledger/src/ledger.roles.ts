/** Group roles; a service's own role is made a member. Neither can change or remove what is recorded. */
export const ledgerReaderRole = 'corridor_watch_ledger_reader';
/** Reads, and appends through `ledger.append` alone. */
export const ledgerWriterRole = 'corridor_watch_ledger_writer';
/** May also carry out what a `PayloadsErased` event names, through `ledger.erase` alone. */
export const ledgerEraserRole = 'corridor_watch_ledger_eraser';

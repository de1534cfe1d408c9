/** Injection tokens for what is an interface in TypeScript. */
export const LEDGER = Symbol('ledger');
export const STATUS_POOL = Symbol('status pool');

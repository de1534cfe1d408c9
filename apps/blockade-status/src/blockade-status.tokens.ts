/** Injection tokens for what is an interface in TypeScript. */
export const LEDGER = Symbol('ledger');
export const STATUS_POOL = Symbol('status pool');
export const STATUS_RULES = Symbol('status rules');

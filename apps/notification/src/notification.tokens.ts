/** Injection tokens for what is an interface in TypeScript. */
export const NOTIFICATION_POOL = Symbol('notification pool');
export const NOTIFICATION_LEDGER = Symbol('notification ledger');
export const ADDRESS_GUARD = Symbol('address guard');
export const SECRET_CIPHER = Symbol('secret cipher');
export const NOTIFICATION_LIMITS = Symbol('notification limits');

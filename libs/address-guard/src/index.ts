export * from './address-guard.error.ts';
export * from './address.guard.ts';
export * from './checked.connector.ts';
export * from './dial.fault.ts';
export * from './name.resolver.ts';
export * from './retry-after.ts';
export * from './target.policy.ts';
export * from './target.refusals.ts';

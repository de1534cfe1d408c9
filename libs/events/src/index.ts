export * from './words.ts';
export * from './event-contract.ts';
export * from './corridor.events.ts';
export * from './publisher.events.ts';
export { claim, why, type Claim, type Why } from './claim.ts';
export * from './statement.events.ts';
export * from './source.events.ts';
export * from './corridor-status.events.ts';
export * from './domain-event.ts';

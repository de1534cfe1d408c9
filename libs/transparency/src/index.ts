export { transparencyMigrations } from './transparency.migrations.ts';
export { transparencyRole } from './transparency.roles.ts';
export * from './transparency.error.ts';
export { type KeySource } from './keys/key.source.ts';
export { type LogParts, type LogStanding, openLog, type TransparencyLog } from './log.run.ts';

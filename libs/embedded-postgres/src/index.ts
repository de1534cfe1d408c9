export { type EmbeddedPostgres, type EmbeddedPostgresSettings, startPostgres } from './embedded-postgres.ts';
export { EmbeddedPostgresError, type EmbeddedPostgresErrorCode } from './embedded-postgres.error.ts';
export { runningPostgresUrl } from './running-postgres.ts';

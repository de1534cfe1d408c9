import { EmbeddedPostgresError } from './embedded-postgres.error.ts';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * The package with the binaries alone: the wrapper package `embedded-postgres` hooks the process's signals, and
 * the order of shutting down is ours.
 */
export async function postgresBinaries(
  platform: string = process.platform,
  arch: string = process.arch,
): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${platform}-${arch}`;
  try {
    return (await import(name)) as PostgresBinaries;
  } catch (cause) {
    throw new EmbeddedPostgresError(
      'postgres_unsupported_platform',
      `There is no embedded Postgres for ${platform} on ${arch} here (package ${name} is not installed); ` +
        'set DATABASE_URL to a Postgres of your own',
      { cause },
    );
  }
}

import { DataSource, type MigrationInterface } from 'typeorm';

/** The tables of one room: a Postgres schema of its own, moved forward by its own migrations. */
export interface SchemaMigrations {
  readonly schema: string;
  readonly migrations: readonly (new () => MigrationInterface)[];
}

/**
 * Creates each schema where it is missing and runs what is pending, in the order given. Safe to call from several
 * processes at once: they queue on one advisory lock.
 * @param databaseUrl a user who may create schemas and roles
 */
export async function migrate(databaseUrl: string, rooms: readonly SchemaMigrations[]): Promise<void> {
  for (const room of rooms) await migrateRoom(databaseUrl, room);
}

// "cw" in ASCII, and a number: any constant that no one else in the database uses.
const migrationLock = 0x63_77_00_01;

async function migrateRoom(databaseUrl: string, { schema, migrations }: SchemaMigrations): Promise<void> {
  const source = new DataSource({
    type: 'postgres',
    url: databaseUrl,
    schema,
    migrations: [...migrations] as (new () => MigrationInterface)[],
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    synchronize: false,
  });
  await source.initialize();
  const lock = source.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    await lock.query(`CREATE SCHEMA IF NOT EXISTS "${schema}"`);
    await source.runMigrations();
  } finally {
    await lock.query('SELECT pg_advisory_unlock($1)', [migrationLock]);
    await lock.release();
    await source.destroy();
  }
}

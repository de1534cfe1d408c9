import { access, constants, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { startPostgres, type EmbeddedPostgres } from '#embedded-postgres';
import { admitToRole, makeServiceLogin } from '#platform';
import { type StandaloneSettings } from './standalone.config.ts';

/** How the services get at their tables. */
export interface DatabaseAccess {
  /** Who migrates. */
  readonly ownerUrl: string;
  /** What a service connects with, once its role is there. */
  loginFor(role: string): Promise<string>;
}

export interface Database extends DatabaseAccess {
  /** Where the data is; null when the operator gave a database. */
  readonly dataDir: string | null;
  /** Resolves when an embedded Postgres has ended, wanted or not. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** The operator's Postgres when there is one, else an embedded one. */
export async function openDatabase(settings: StandaloneSettings): Promise<Database> {
  const { DATABASE_URL, DATABASE_OWNER_URL, DATA_DIR } = settings;
  if (DATABASE_URL !== undefined) {
    return {
      ...givenDatabase(DATABASE_URL, DATABASE_OWNER_URL),
      dataDir: null,
      ended: new Promise(() => undefined),
      stop: () => Promise.resolve(),
    };
  }
  const dataDir = resolve(DATA_DIR);
  await demandWritable(dataDir);
  const postgres: EmbeddedPostgres = await startPostgres({
    dataDir: join(dataDir, 'postgres'),
    // The defaults are made for a server of its own; a laptop has other things to do.
    serverSettings: { shared_buffers: '128MB', max_wal_size: '512MB', jit: 'off' },
  });
  return { ...ownDatabase(postgres.url), dataDir, ended: postgres.ended, stop: () => postgres.stop() };
}

/** Nobody else connects there, so each start makes logins of its own, whose passwords are nowhere but in its pools. */
export function ownDatabase(superuserUrl: string): DatabaseAccess {
  return { ownerUrl: superuserUrl, loginFor: (role) => makeServiceLogin(superuserUrl, role) };
}

/** Without an owner of its own the one login does everything. */
export function givenDatabase(databaseUrl: string, ownerUrl: string | undefined): DatabaseAccess {
  if (ownerUrl === undefined) return { ownerUrl: databaseUrl, loginFor: () => Promise.resolve(databaseUrl) };
  return {
    ownerUrl,
    loginFor: async (role) => {
      await admitToRole(ownerUrl, databaseUrl, role);
      return databaseUrl;
    },
  };
}

async function demandWritable(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true });
    await access(dataDir, constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`DATA_DIR ${dataDir} cannot be written (${code ?? 'unknown reason'}); choose another.`, {
      cause: error,
    });
  }
}

import { randomBytes } from 'node:crypto';
import pg from 'pg';

export const templateDatabase = 'corridor_watch_template';

export interface FreshDatabase {
  /** As a superuser. */
  readonly url: string;
  /** Also ends whatever is still connected. */
  drop(): Promise<void>;
}

/** A database of a test file's own, with every room's tables. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  // Two clones at once would each find the template in use by the other, hence the lock.
  await asAdmin(async (admin) => {
    await admin.query('SELECT pg_advisory_lock(1)');
    await admin.query(`CREATE DATABASE ${name} TEMPLATE ${templateDatabase} STRATEGY file_copy`);
  });
  return {
    url: urlOf(name),
    drop: () => asAdmin((admin) => admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
  };
}

export async function createDatabase(name: string): Promise<void> {
  await asAdmin((admin) => admin.query(`CREATE DATABASE ${name}`));
}

export function urlOf(database: string): string {
  const url = new URL(adminUrl());
  url.pathname = `/${database}`;
  return url.href;
}

async function asAdmin(work: (admin: pg.Client) => Promise<unknown>): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl() });
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}

function adminUrl(): string {
  const url = process.env['TEST_POSTGRES_URL'];
  if (url === undefined)
    throw new Error('TEST_POSTGRES_URL is not set: run this with the integration project');
  return url;
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedPostgres, startPostgres } from '#embedded-postgres';
import { migrate } from '#platform';
import { createDatabase, templateDatabase, urlOf } from './database.ts';
import { rooms } from './rooms.ts';

interface TestPostgres {
  folder?: string;
  postgres?: EmbeddedPostgres;
}

// Jest loads the teardown as a module world of its own, so what the setup started lies in the global scope.
const scope = globalThis as { corridorWatchTestPostgres?: TestPostgres };
const held = (scope.corridorWatchTestPostgres ??= {});

/** One Postgres for all test files, with a template database from which each file's own is cloned. */
export async function startTestPostgres(): Promise<void> {
  // Several Jest projects ask for it in one run.
  if (held.postgres !== undefined) return;
  try {
    held.folder = await mkdtemp(join(tmpdir(), 'corridor-watch-test-'));
    held.postgres = await startPostgres({
      dataDir: join(held.folder, 'postgres'),
      serverSettings: { fsync: 'off', full_page_writes: 'off', max_connections: 200 },
    });
    process.env['TEST_POSTGRES_URL'] = held.postgres.url;
    await createDatabase(templateDatabase);
    await migrate(urlOf(templateDatabase), rooms);
  } catch (error) {
    await stopTestPostgres();
    throw error;
  }
}

export async function stopTestPostgres(): Promise<void> {
  await held.postgres?.stop();
  if (held.folder !== undefined) await rm(held.folder, { recursive: true, force: true });
  delete held.postgres;
  delete held.folder;
}

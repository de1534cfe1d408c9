import pg from 'pg';
import { ledgerWriterRole, openLedger, type PostgresLedger } from '#ledger';
import { openPool } from '#platform';
import { freshDatabase } from '../../../test/harness/database.ts';
import { until } from '../../../test/harness/until.ts';

/** A ledger in a database of its own, written as a service would write it, and the owner's view of it. */
export interface LedgerScene {
  readonly url: string;
  readonly ledger: PostgresLedger;
  /** As a service: no rights but those of the writer's role. */
  readonly writer: pg.Pool;
  readonly owner: pg.Pool;
  close(): Promise<void>;
}

export async function ledgerScene(): Promise<LedgerScene> {
  const database = await freshDatabase();
  const writer = writerPool(database.url);
  const owner = new pg.Pool({ connectionString: database.url, max: 3 });
  // Ending a pool does not wait for its sockets, so dropping the database may still end one of them.
  owner.on('error', () => undefined);
  const ledger = openLedger({ pool: writer });
  return {
    url: database.url,
    ledger,
    writer,
    owner,
    close: async () => {
      await ledger.close();
      await writer.end();
      await owner.end();
      await database.drop();
    },
  };
}

/** The process of an append that waits for the ledger's lock. */
export function waitingAppend(owner: pg.Pool): Promise<number> {
  return until('an append waits for the lock', async () => {
    const { rows } = await owner.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%ledger.append%'`,
    );
    return rows[0]?.pid;
  });
}

export function writerPool(databaseUrl: string): pg.Pool {
  return openPool({ databaseUrl, role: ledgerWriterRole, applicationName: 'ledger-test', connectionsMax: 5 });
}

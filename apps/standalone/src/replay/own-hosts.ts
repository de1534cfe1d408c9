import { type Pool } from 'pg';
import { openLedger, type PostgresLedger } from '#ledger';
import { openPool, type Logger } from '#platform';
import { ReplayHost, type Replayable } from '#replay';
import { blockadeStatusRole } from '../../../blockade-status/src/blockade-status.migrations.ts';
import { replayableStatus } from '../../../blockade-status/src/replay/replayable-status.ts';
import { ingestionRole } from '../../../ingestion/src/ingestion.role.ts';
import { replayableIntake } from '../../../ingestion/src/replay/replayable-intake.ts';

/** Hosts of this very process, so that a replay needs no running service, and takes no time from one that runs. */
export interface OwnHosts {
  readonly pool: Pool;
  readonly ledger: PostgresLedger;
  close(): Promise<void>;
}

const pollMs = 200;
const connectionsMax = 5;
/** Nobody waits for an answer of this process meanwhile. */
const batchEventsMax = 2_000;

export async function openHosts(databaseUrl: string, log: Logger): Promise<OwnHosts> {
  const status = await openHost(databaseUrl, log, replayableStatus(), blockadeStatusRole);
  const intake = await openHost(databaseUrl, log, replayableIntake, ingestionRole);
  return {
    pool: status.pool,
    ledger: status.ledger,
    close: async () => {
      await Promise.all([status.close(), intake.close()]);
    },
  };
}

async function openHost(
  databaseUrl: string,
  log: Logger,
  replayable: Replayable,
  role: string,
): Promise<OwnHosts> {
  const { schema } = replayable;
  const applicationName = `corridor-watch replay ${schema}`;
  const pool = openPool({ databaseUrl, role, schema, applicationName, connectionsMax });
  const ledger = openLedger({ pool });
  const host = new ReplayHost({ replayable, pool, ledger, log, pollMs, batchEventsMax });
  await host.onApplicationBootstrap();
  return {
    pool,
    ledger,
    close: async () => {
      await host.beforeApplicationShutdown();
      await ledger.close();
      await pool.end();
    },
  };
}

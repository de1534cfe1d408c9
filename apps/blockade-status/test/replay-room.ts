import { runProjector } from '#projection';
import pg from 'pg';
import { openLedgerFeed } from '#feed';
import { createLogger } from '#platform';
import { readReplay, ReplayHost, type ReplayRequest, requestReplay, type ReplayView } from '#replay';
import { until } from '../../../test/harness/until.ts';
import { decisionsInLedger } from '../src/corridor-status/decision.recorder.ts';
import { corridorStatusProjector } from '../src/corridor-status/corridor-status.projector.ts';
import { type StatusRules } from '../src/corridor-status/status-rules.ts';
import { replayableStatus } from '../src/replay/replayable-status.ts';
import { rules } from './any-history.ts';
import { statusRoom, type StatusRoom } from './status-scene.ts';

export interface ReplayOptions extends Partial<Pick<ReplayRequest, 'toPosition' | 'switch'>> {
  /** Of the replaying process; those of the live one when not given. */
  readonly rules?: StatusRules;
  readonly batchEventsMax?: number;
}

/** The live projection runs; a replay is hosted as long as one is asked for. */
export interface ReplayRoom extends StatusRoom {
  readonly owner: pg.Pool;
  /** Waits until everything in the ledger, the decisions included, is in the rows; answers the head. */
  settled(): Promise<number>;
  replay(options?: ReplayOptions): Promise<ReplayView>;
  /** Changes what is never changed, as only a superuser can; the ledger's triggers are off meanwhile. */
  tamper(statement: string, values?: readonly unknown[]): Promise<void>;
}

const log = createLogger('replay test', 'silent');

export async function replayRoom(): Promise<ReplayRoom> {
  const room = await statusRoom();
  const { pool, ledger } = room;
  const owner = new pg.Pool({ connectionString: room.url, max: 2 });
  const feed = openLedgerFeed({ ledger, pool, log, hint: ledger });
  const projector = corridorStatusProjector(decisionsInLedger(ledger, log), rules);
  const projection = await runProjector({ projector, feed, pool, ledger, schema: 'blockade_status', log });
  return {
    ...room,
    owner,
    settled: () => settled(room),
    replay: (options = {}) => replay(room, options),
    tamper: async (statement, values = []) => {
      const client = await owner.connect();
      try {
        await client.query('SET session_replication_role = replica');
        await client.query(statement, [...values]);
      } finally {
        client.release(true);
      }
    },
    close: async () => {
      await projection.stop();
      await feed.close();
      await owner.end();
      await room.close();
    },
  };
}

export function hostOf(
  { pool, ledger }: StatusRoom,
  { rules: own = rules, batchEventsMax = 50 }: ReplayOptions,
) {
  return new ReplayHost({ replayable: replayableStatus(own), pool, ledger, log, pollMs: 5, batchEventsMax });
}

export async function ended(room: StatusRoom, id: string): Promise<ReplayView> {
  return until(
    'the replay has ended',
    async () => {
      const replay = await readReplay(room.pool, id);
      return replay.state !== 'running' && replay;
    },
    { withinMs: 30_000 },
  );
}

async function replay(room: StatusRoom, options: ReplayOptions): Promise<ReplayView> {
  const host = hostOf(room, options);
  await host.onApplicationBootstrap();
  try {
    const { toPosition = null, switch: switches = false } = options;
    const id = await requestReplay(room.pool, room.ledger, {
      toPosition,
      switch: switches,
      requestedBy: 'test',
    });
    return await ended(room, id);
  } finally {
    await host.beforeApplicationShutdown();
  }
}

function settled({ pool, ledger }: StatusRoom): Promise<number> {
  return until('the rows hold the whole ledger', async () => {
    const { position } = await ledger.head();
    const { rows } = await pool.query<{ settled: boolean }>(
      'SELECT max(position) >= $1 AS settled FROM blockade_status.checkpoint',
      [position],
    );
    return rows[0]?.settled === true && (await ledger.head()).position === position && position;
  });
}

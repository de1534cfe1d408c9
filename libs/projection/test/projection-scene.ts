import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { type QueryRunner } from 'typeorm';
import { type RecordedEvent } from '#events';
import { type Feed } from '#feed';
import { openLedger, type Ledger } from '#ledger';
import { createProjectionTables, runProjector, type RunningProjection } from '#projection';
import { freshDatabase } from '../../../test/harness/database.ts';
import { createDiary, type Diary } from './diary.ts';

/** A ledger, and a schema with the runner's tables and a diary, in a database of their own. */
export interface ProjectionScene {
  readonly pool: pg.Pool;
  readonly ledger: Ledger;
  /** Appends one event for each key. */
  record(...keys: readonly string[]): Promise<readonly RecordedEvent[]>;
  run(diary: Diary, feed: Feed): Promise<RunningProjection>;
  /** The highest position that the checkpoint of any lane stands at. */
  checkpoint(): Promise<number>;
  /** Takes back what earlier tests wrote into the diary; the ledger stays. */
  forget(): Promise<void>;
  close(): Promise<void>;
}

export async function projectionScene(): Promise<ProjectionScene> {
  const database = await freshDatabase();
  const pool = new pg.Pool({ connectionString: database.url, max: 8 });
  pool.on('error', () => undefined);
  await pool.query('CREATE SCHEMA trial');
  await createProjectionTables(pool as unknown as QueryRunner, 'trial');
  await pool.query(createDiary);
  const ledger = openLedger({ pool });
  const log = { debug: silent, info: silent, warn: silent, error: silent };
  return {
    pool,
    ledger,
    record: async (...keys) => {
      const recorded: RecordedEvent[] = [];
      for (const key of keys) recorded.push(...(await recordOne(ledger, key)));
      return recorded;
    },
    run: (projector, feed) => runProjector({ projector, feed, pool, ledger, schema: 'trial', log }),
    checkpoint: async () => {
      const { rows } = await pool.query<{ position: string | null }>(
        'SELECT max(position) AS position FROM trial.checkpoint',
      );
      return Number(rows[0]?.position ?? 0);
    },
    forget: async () => {
      await pool.query('TRUNCATE trial.checkpoint, trial.parked_key, trial.parked_event, trial.diary');
    },
    close: async () => {
      await ledger.close();
      await pool.end();
      await database.drop();
    },
  };
}

function recordOne(ledger: Ledger, publisher: string): Promise<readonly RecordedEvent[]> {
  return ledger.append({
    streamId: `publisher-${publisher}`,
    expectedVersion: 'any',
    events: [
      {
        type: 'PublisherGraded',
        payload: { publisher, grade: { reliability: 'B', kind: 'news', country: null } },
        eventId: randomUUID(),
      },
    ],
    cause: { actor: 'test', correlationId: 'test', causationId: null, traceparent: null },
  });
}

function silent(): void {
  return;
}

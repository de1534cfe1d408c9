import { setTimeout as pause } from 'node:timers/promises';
import { inTransaction } from '#platform';
import { closeDoor, type Tx } from '#projection';
import { finishPart, leaseMs, notePart, type PartLease } from './part.lease.ts';
import { type PartResult } from './part.result.ts';
import { Rebuild, type RebuildParts } from './rebuild.ts';
import { comparePart } from './part.comparison.ts';
import { type Replayable } from './replayable.ts';

/** The live projection did not get to the position that is to be compared at. */
export class LiveBehindError extends Error {
  readonly code = 'replay_live_behind';
  constructor(schema: string, reached: number, toPosition: number) {
    super(
      `The live projection of ${schema} is at position ${reached} and did not get to ${toPosition}: ` +
        'there is nothing there to compare with.',
    );
  }
}

/** Of the runner; a projection has them in its own schema. */
const runnerTables = ['checkpoint', 'parked_key', 'parked_event'];

/**
 * Works on a part until it is finished: makes tables, fills them, compares, and switches where that is asked for.
 * @throws PartLostError, PartCancelledError, LiveBehindError, and the signal's reason
 */
export async function replayPart(parts: RebuildParts, lease: PartLease, signal: AbortSignal): Promise<void> {
  const { replayable, pool } = parts;
  if (!lease.begun) await beginRebuild(parts, lease);
  const rebuild = await Rebuild.takeOver(parts, lease);
  await fillThrough(parts, lease, rebuild, signal);
  await notePart(pool, lease, { state: 'comparing', position: rebuild.reached });
  const result = await whileKept(parts, lease, async () => {
    await pool.query(`SELECT ${replayable.schema}.analyze_rebuild()`);
    return comparePart(parts, lease, rebuild);
  });
  signal.throwIfAborted();
  await end(parts, lease, rebuild, result, signal);
}

async function beginRebuild({ replayable, pool }: RebuildParts, lease: PartLease): Promise<void> {
  await inTransaction(pool, async (tx) => {
    await tx.query(`SELECT ${replayable.schema}.begin_rebuild($1, $2)`, [
      [...replayable.tables.map(({ table }) => table), ...runnerTables, ...replayable.scratch],
      replayable.tables.flatMap(({ indexes = [] }) => indexes),
    ]);
    await notePart(tx, lease, { state: 'rebuilding', position: 0, eventCount: 0 });
  });
}

const behindMaxMs = 30_000;
const lookEveryMs = 200;

/** Where a position is asked for, the live projection is waited for: its tables are compared as of there. */
async function fillThrough(
  { replayable }: RebuildParts,
  { toPosition }: PartLease,
  rebuild: Rebuild,
  signal: AbortSignal,
): Promise<void> {
  let movedAt = performance.now();
  for (;;) {
    const before = rebuild.reached;
    await rebuild.fill(toPosition, signal);
    if (toPosition === null || rebuild.reached >= toPosition) return;
    if (rebuild.reached > before) movedAt = performance.now();
    if (performance.now() - movedAt > behindMaxMs)
      throw new LiveBehindError(replayable.schema, rebuild.reached, toPosition);
    await pause(lookEveryMs, undefined, { signal });
  }
}

/** A comparison takes longer than a lease. */
async function whileKept<Result>(
  { pool }: RebuildParts,
  lease: PartLease,
  work: () => Promise<Result>,
): Promise<Result> {
  let kept = Promise.resolve();
  const keep = setInterval(() => {
    kept = kept.then(() => notePart(pool, lease, {}));
    // Whoever waits for it below hears of its failure.
    kept.catch(() => undefined);
  }, leaseMs / 3);
  try {
    return await work();
  } finally {
    clearInterval(keep);
    await kept;
  }
}

async function end(
  parts: RebuildParts,
  lease: PartLease,
  rebuild: Rebuild,
  result: PartResult,
  signal: AbortSignal,
): Promise<void> {
  const { replayable, pool } = parts;
  const state = result.differenceCount === 0 ? 'identical' : 'different';
  if (lease.switches) {
    await notePart(pool, lease, { state: 'switching' });
    await whileKept(parts, lease, async () => {
      await pool.query(`SELECT ${replayable.schema}.index_rebuild($1, NULL)`, [switchedTables(replayable)]);
    });
    await rebuild.fill(null, signal);
    await switchOver(parts, lease, rebuild, (tx) => finishPart(tx, lease, { state, result }));
    return;
  }
  await inTransaction(pool, async (tx) => {
    await finishPart(tx, lease, { state, result });
    // What differs stays to be looked at, until the next replay.
    if (state === 'identical') await tx.query(`SELECT ${replayable.schema}.drop_rebuild()`);
  });
}

const switchTriesMax = 10;

/** A reader or a batch that takes long is given way to: nobody shall wait behind a switch that waits. */
async function switchOver(
  parts: RebuildParts,
  lease: PartLease,
  rebuild: Rebuild,
  finish: (tx: Tx) => Promise<void>,
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await switchOnce(parts, lease, rebuild, finish);
      return;
    } catch (error) {
      if (!isLockHeld(error) || tries === switchTriesMax) throw error;
      parts.log.warn(
        { schema: parts.replayable.schema, tries },
        'the switch waits for others; it is tried again',
      );
      await pause(lookEveryMs);
      await notePart(parts.pool, lease, {});
    }
  }
}

function isLockHeld(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === '55P03' || code === '40P01';
}

/**
 * Nobody writes while the last events are caught up with and the tables change places; readers wait for the last
 * moment only. The epochs rise, so that the running projectors are fenced, and take over what is there now.
 */
async function switchOnce(
  { replayable, pool }: RebuildParts,
  { runId, schema }: PartLease,
  rebuild: Rebuild,
  finish: (tx: Tx) => Promise<void>,
): Promise<void> {
  const through = await inTransaction(
    pool,
    async (tx) => {
      await closeDoor(tx, schema);
      const moved = await rebuild.catchUp(tx, await rebuild.readLive(tx));
      await tx.query(
        `INSERT INTO ${rebuild.schema}.checkpoint (projector, lane, position, epoch)
         SELECT projector, lane, position, epoch + 1 FROM ${schema}.checkpoint
         ON CONFLICT (projector, lane) DO UPDATE SET position = excluded.position, epoch = excluded.epoch`,
      );
      await tx.query('UPDATE replay.part SET switched_at = now() WHERE run_id = $1 AND schema_name = $2', [
        runId,
        schema,
      ]);
      await finish(tx);
      await tx.query(`SELECT ${schema}.switch_to_rebuild($1)`, [switchedTables(replayable)]);
      await tx.query(`SELECT ${schema}.drop_rebuild()`);
      return moved;
    },
    `BEGIN; SET LOCAL search_path = ${rebuild.schema}; SET LOCAL lock_timeout = '1s'`,
  );
  rebuild.caughtUp(through);
}

function switchedTables({ tables }: Replayable): readonly string[] {
  return [...tables.filter(({ mixed }) => mixed !== true).map(({ table }) => table), ...runnerTables];
}

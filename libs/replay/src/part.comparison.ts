import { inTransaction } from '#platform';
import { type Tx } from '#projection';
import { type Difference } from './difference.ts';
import { type PartLease } from './part.lease.ts';
import { type PartResult } from './part.result.ts';
import { type Rebuild, type RebuildParts } from './rebuild.ts';
import { compareTable, type Sides, type TableComparison } from './table.comparison.ts';

/**
 * Compares at one instant, whatever is projected meanwhile: one snapshot shows the live tables, and the rebuilt ones
 * are brought to its very positions within its transaction.
 */
export async function comparePart(
  { replayable, pool }: RebuildParts,
  { toPosition }: PartLease,
  rebuild: Rebuild,
): Promise<PartResult> {
  const { schema } = replayable;
  const begin = `BEGIN ISOLATION LEVEL REPEATABLE READ; SET LOCAL search_path = ${rebuild.schema}`;
  const compare = async (tx: Tx) => {
    const live = await rebuild.readLive(tx);
    const through = toPosition === null ? await rebuild.catchUp(tx, live) : new Map();
    const reached = rebuild.reached;
    const sides: Sides = { schema, rebuildSchema: rebuild.schema, asOf: toPosition, through: reached };
    const compared: TableComparison[] = [];
    for (const table of replayable.tables) compared.push(await compareTable(tx, sides, table));
    const further = await replayable.compareFurther?.(tx);
    const missing = await findMissingEvents(tx, reached);
    const parked = [
      ...(await readParked(tx, schema, schema, 'live')),
      ...(await readParked(tx, rebuild.schema, schema, 'replayed')),
    ];
    return { through, compared, further, missing, parked };
  };
  const { through, compared, further, missing, parked } = await inTransaction(pool, compare, begin);
  rebuild.caughtUp(through);
  return {
    tables: compared.map(({ result }) => result),
    further: further === undefined ? [] : [further.counts],
    leftOut: replayable.leftOut.map((left) => ({ schema, ...left })),
    parked,
    differenceCount:
      compared.reduce((sum, { result }) => sum + result.differenceCount, 0) +
      (further?.differenceCount ?? 0) +
      missing.length,
    differences: [
      ...missing,
      ...compared.flatMap(({ differences }) => differences),
      ...(further?.differences ?? []),
    ],
  };
}

async function readParked(
  tx: Tx,
  from: string,
  schema: string,
  side: 'live' | 'replayed',
): Promise<PartResult['parked']> {
  const { rows } = await tx.query<{ projector: string; key: string; reason: string }>(
    `SELECT projector, key, reason FROM ${from}.parked_key ORDER BY projector, key LIMIT 20`,
  );
  return rows.map((row) => ({ schema, side, ...row }));
}

/** Positions have no gaps, so one that is not there was taken out. The first is told. */
async function findMissingEvents(tx: Tx, through: number): Promise<readonly Difference[]> {
  const { rows } = await tx.query<{ position: string }>(
    `SELECT coalesce(min(position), 0) AS position FROM (
       SELECT expected AS position FROM generate_series(1, $1::bigint) AS expected
       WHERE (SELECT count(*) FROM ledger.event WHERE position <= $1) < $1
         AND NOT EXISTS (SELECT FROM ledger.event AS e WHERE e.position = expected)) AS missing`,
    [through],
  );
  const position = Number(rows[0]?.position ?? 0);
  return position === 0 ? [] : [{ kind: 'event_missing', position }];
}

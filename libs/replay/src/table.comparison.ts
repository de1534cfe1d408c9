import { type Tx } from '#projection';
import { type ColumnDifference, columnDifference, type Difference } from './difference.ts';
import { type ReplayedTable } from './replayable.ts';

export interface TableResult {
  readonly schema: string;
  readonly table: string;
  /** Rows that the ledger gives, as of the position. */
  readonly rows: number;
  /** SHA-256 in hex over the rows in the order of their key; the same where live and replayed are. */
  readonly digest: string;
  readonly liveDigest: string;
  readonly differenceCount: number;
  /** Live rows that later events have touched: how they were then cannot be told. */
  readonly notComparable: number;
  /** Columns that the ledger says nothing about; null where there are none. */
  readonly without: ReplayedTable['without'] | null;
}

export interface TableComparison {
  readonly result: TableResult;
  readonly differences: readonly Difference[];
}

export interface Sides {
  readonly schema: string;
  readonly rebuildSchema: string;
  /** The position that both are compared as of; null where both stand at the same. */
  readonly asOf: number | null;
  /** Mixed tables: events after it may have been written ahead of the projector. */
  readonly through: number;
}

/** As many as a reader looks at; the count says how many there are. */
const differencesMax = 20;

/**
 * Compares a table of both schemas row by row, in one statement a side; where the digests differ, a further one finds
 * the rows. MUST run in the transaction that holds both still.
 */
export async function compareTable(tx: Tx, sides: Sides, replayed: ReplayedTable): Promise<TableComparison> {
  const { schema, rebuildSchema } = sides;
  const columns = await readColumns(tx, schema, replayed);
  const live = selectOf(schema, sides, replayed, columns);
  const rebuilt = selectOf(rebuildSchema, sides, replayed, columns);
  const [ours, theirs] = [await digestOf(tx, rebuilt, replayed.key), await digestOf(tx, live, replayed.key)];
  const found =
    ours.digest === theirs.digest
      ? { differences: [], count: 0 }
      : await findDifferences(tx, { live, rebuilt }, sides, replayed, columns);
  return {
    result: {
      schema,
      table: replayed.table,
      rows: ours.rows,
      digest: ours.digest,
      liveDigest: theirs.digest,
      differenceCount: found.count,
      notComparable: await countTouched(tx, sides, replayed),
      without: replayed.without ?? null,
    },
    differences: found.differences,
  };
}

async function readColumns(
  tx: Tx,
  schema: string,
  { table, without }: ReplayedTable,
): Promise<readonly string[]> {
  const { rows } = await tx.query<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute
     WHERE attrelid = format('%I.%I', $1::text, $2::text)::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
    [schema, table],
  );
  return rows.map(({ name }) => name).filter((name) => without?.columns.includes(name) !== true);
}

/** The rows as they were as of the position, the same way on both sides. */
function selectOf(
  schema: string,
  { asOf, through }: Sides,
  { table, history, mixed }: ReplayedTable,
  columns: readonly string[],
): string {
  const from = `FROM ${schema}.${table} AS t`;
  const all = columns.map((column) => `t.${column}`).join(', ');
  if (history.kind === 'latest') {
    const since = asOf ?? (mixed === true ? through : null);
    return since === null
      ? `SELECT ${all} ${from}`
      : `SELECT ${all} ${from} WHERE NOT ${touched(history, since)}`;
  }
  if (asOf === null) return `SELECT ${all} ${from}`;
  if (history.kind === 'written_once') return `SELECT ${all} ${from} WHERE t.${history.position} <= ${asOf}`;
  const { from: known, until, endings } = history;
  const then = columns.map((column) =>
    column === until || endings.includes(column)
      ? `CASE WHEN t.${until} <= ${asOf} THEN t.${column} END AS ${column}`
      : `t.${column}`,
  );
  return `SELECT ${then.join(', ')} ${from} WHERE t.${known} <= ${asOf}`;
}

function touched(
  { touchedBy }: Extract<ReplayedTable['history'], { kind: 'latest' }>,
  since: number,
): string {
  const [column, expression] = 'key' in touchedBy ? ['key', touchedBy.key] : ['stream_id', touchedBy.stream];
  return `EXISTS (SELECT FROM ledger.event AS e WHERE e.position > ${since} AND e.${column} = ${expression})`;
}

async function digestOf(
  tx: Tx,
  select: string,
  key: readonly string[],
): Promise<{ digest: string; rows: number }> {
  // A row's hash is 32 bytes, so that a gigabyte of them, as much as Postgres can put together, is 33 million rows.
  const { rows } = await tx.query<{ digest: string; rows: string }>(
    `SELECT count(*) AS rows, encode(sha256(coalesce(
       string_agg(sha256(convert_to(r::text, 'UTF8')), ''::bytea ORDER BY ${key.join(', ')}), '')), 'hex') AS digest
     FROM (${select}) AS r`,
  );
  const [row] = rows;
  return { digest: row?.digest ?? '', rows: Number(row?.rows ?? 0) };
}

interface DifferingRow {
  readonly key: Readonly<Record<string, string>>;
  readonly live: Readonly<Record<string, string | null>> | null;
  readonly rebuilt: Readonly<Record<string, string | null>> | null;
  readonly count: string;
}

async function findDifferences(
  tx: Tx,
  { live, rebuilt }: { readonly live: string; readonly rebuilt: string },
  { schema }: Sides,
  { table, key }: ReplayedTable,
  columns: readonly string[],
): Promise<{ differences: readonly Difference[]; count: number }> {
  const textsOf = (side: string): string =>
    `jsonb_build_object(${columns.map((column) => `'${column}', ${side}.${column}::text`).join(', ')})`;
  const both = (column: string): string => `coalesce(l.${column}, r.${column})`;
  const { rows } = await tx.query<DifferingRow>(
    `SELECT jsonb_build_object(${key.map((column) => `'${column}', ${both(column)}::text`).join(', ')}) AS key,
       CASE WHEN l.at IS NOT NULL THEN ${textsOf('l')} END AS live,
       CASE WHEN r.at IS NOT NULL THEN ${textsOf('r')} END AS rebuilt,
       count(*) OVER () AS count
     FROM (SELECT *, 1 AS at FROM (${live}) AS l) AS l
     FULL JOIN (SELECT *, 1 AS at FROM (${rebuilt}) AS r) AS r
       ON ${key.map((column) => `l.${column} = r.${column}`).join(' AND ')}
     WHERE l::text IS DISTINCT FROM r::text
     ORDER BY ${key.map(both).join(', ')} LIMIT ${differencesMax}`,
  );
  return {
    differences: rows.map((row) => differenceOf(row, schema, table, columns)),
    count: Number(rows[0]?.count ?? 0),
  };
}

function differenceOf(
  { key, live, rebuilt }: DifferingRow,
  schema: string,
  table: string,
  columns: readonly string[],
): Difference {
  if (live === null) return { kind: 'row_missing', schema, table, key };
  if (rebuilt === null) return { kind: 'row_unexpected', schema, table, key };
  const differing: readonly ColumnDifference[] = columns
    .filter((column) => live[column] !== rebuilt[column])
    .map((column) => columnDifference(column, live[column] ?? null, rebuilt[column] ?? null));
  return { kind: 'row_differs', schema, table, key, columns: differing };
}

/** Live rows of which it cannot be told how they were, or whether they were there. */
async function countTouched(
  tx: Tx,
  { schema, asOf }: Sides,
  { table, history }: ReplayedTable,
): Promise<number> {
  if (asOf === null || history.kind !== 'latest') return 0;
  const { rows } = await tx.query<{ count: string }>(
    `SELECT count(*) FROM ${schema}.${table} AS t WHERE ${touched(history, asOf)}`,
  );
  return Number(rows[0]?.count ?? 0);
}

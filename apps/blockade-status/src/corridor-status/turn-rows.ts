import { type Tx } from '#projection';
import { type Decision, decisionOn, type Turn } from '#status';
import { type EndedRow, type KnownRow, type KnownRows } from './known-rows.ts';

export async function writeTurns(tx: Tx, { ended, begun }: KnownRows<Decision>): Promise<void> {
  await endTurns(tx, ended);
  await beginTurns(tx, begun);
}

export async function writeEvidenceDays(tx: Tx, { ended, begun }: KnownRows<null>): Promise<void> {
  if (ended.length > 0) {
    await tx.query(
      `UPDATE evidence_day AS d SET known_until = e.until
       FROM unnest($1::text[], $2::date[], $3::bigint[]) AS e (corridor, on_day, until)
       WHERE d.corridor = e.corridor AND d.on_day = e.on_day AND d.known_until IS NULL`,
      endedColumns(ended),
    );
  }
  if (begun.length === 0) return;
  await tx.query(
    `INSERT INTO evidence_day (corridor, on_day, known_from, known_until)
     SELECT * FROM unnest($1::text[], $2::date[], $3::bigint[], $4::bigint[])`,
    begunColumns(begun),
  );
}

/** The turns of a corridor as they were known at a ledger position, oldest first. */
export async function readTurns(db: Tx, corridor: string, knownAt: number): Promise<readonly Turn[]> {
  const { rows } = await db.query<Turn>(
    `SELECT from_day::text AS "from", decision FROM blockade_status.turn
     WHERE corridor = $1 AND known_from <= $2 AND (known_until IS NULL OR known_until > $2)
     ORDER BY from_day`,
    [corridor, knownAt],
  );
  return rows;
}

/** The decision that held on a day, as it was known at a ledger position. */
export async function readDecision(
  db: Tx,
  corridor: string,
  knownAt: number,
  day: string,
): Promise<Decision> {
  const { rows } = await db.query<Turn>(
    `SELECT from_day::text AS "from", decision FROM blockade_status.turn
     WHERE corridor = $1 AND from_day <= $3 AND known_from <= $2 AND (known_until IS NULL OR known_until > $2)
     ORDER BY from_day DESC LIMIT 1`,
    [corridor, knownAt, day],
  );
  return decisionOn(rows, day);
}

/** The last day with evidence or an assessment up to a day, as it was known at a ledger position. */
export async function readLastEvidenceDay(
  db: Tx,
  corridor: string,
  knownAt: number,
  day: string,
): Promise<string | null> {
  const { rows } = await db.query<{ on: string }>(
    `SELECT on_day::text AS "on" FROM blockade_status.evidence_day
     WHERE corridor = $1 AND on_day <= $3 AND known_from <= $2 AND (known_until IS NULL OR known_until > $2)
     ORDER BY on_day DESC LIMIT 1`,
    [corridor, knownAt, day],
  );
  return rows[0]?.on ?? null;
}

async function endTurns(tx: Tx, rows: readonly EndedRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `UPDATE turn AS t SET known_until = e.until
     FROM unnest($1::text[], $2::date[], $3::bigint[]) AS e (corridor, from_day, until)
     WHERE t.corridor = e.corridor AND t.from_day = e.from_day AND t.known_until IS NULL`,
    endedColumns(rows),
  );
}

async function beginTurns(tx: Tx, rows: readonly KnownRow<Decision>[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `INSERT INTO turn (corridor, from_day, known_from, known_until, decision)
     SELECT * FROM unnest($1::text[], $2::date[], $3::bigint[], $4::bigint[], $5::json[])`,
    [...begunColumns(rows), rows.map(({ value }) => JSON.stringify(value))],
  );
}

function endedColumns(rows: readonly EndedRow[]): unknown[] {
  return [rows.map(({ corridor }) => corridor), rows.map(({ day }) => day), rows.map(({ until }) => until)];
}

function begunColumns(rows: readonly KnownRow<unknown>[]): unknown[] {
  return [
    rows.map(({ corridor }) => corridor),
    rows.map(({ day }) => day),
    rows.map(({ from }) => from),
    rows.map(({ until }) => until),
  ];
}

import { type Pool, type PoolClient } from 'pg';
import { parseVkey } from '#proofs';
import { TransparencyError } from '../transparency.error.ts';

/** A key of the log and the sizes of the trees that it signed, both included. */
export interface LogKey {
  readonly vkey: string;
  readonly fromSize: number;
  /** Null for the key that signs now. */
  readonly untilSize: number | null;
}

type Db = Pool | PoolClient;

/** The oldest first. */
export async function readLogKeys(db: Db): Promise<readonly LogKey[]> {
  const { rows } = await db.query<{ vkey: string; from_size: string; until_size: string | null }>({
    name: 'transparency-keys/1',
    text: `SELECT vkey, from_size, until_size FROM transparency.signing_key
      ORDER BY until_size NULLS LAST, from_size LIMIT 1000`,
  });
  return rows.map(({ vkey, from_size, until_size }) => ({
    vkey,
    fromSize: Number(from_size),
    untilSize: until_size === null ? null : Number(until_size),
  }));
}

export async function currentVkey(db: Db): Promise<string | null> {
  return (await readLogKeys(db)).find(({ untilSize }) => untilSize === null)?.vkey ?? null;
}

/**
 * Makes the key the one of a new log, or finds that it is the one already.
 * @throws TransparencyError where the log is signed with another key
 */
export async function enrolKey(db: Db, vkey: string): Promise<void> {
  await db.query(
    'INSERT INTO transparency.signing_key (vkey, from_size) VALUES ($1, 0) ON CONFLICT DO NOTHING',
    [vkey],
  );
  demandCurrent(await readLogKeys(db), vkey);
}

/** @throws TransparencyError */
export function demandCurrent(keys: readonly LogKey[], vkey: string): void {
  const own = keys.find((key) => key.vkey === vkey);
  if (own?.untilSize === null) return;
  const current = keys.find(({ untilSize }) => untilSize === null);
  if (current === undefined) throw new TransparencyError('key_missing', 'The log has no signing key.');
  if (own !== undefined) {
    throw new TransparencyError(
      'key_not_current',
      `The key ${vkey} was replaced at size ${String(own.untilSize)}: the log is signed with ${current.vkey} now.`,
    );
  }
  const [origin, given] = [current.vkey, vkey].map((each) => parseVkey(each).name);
  if (origin !== given) {
    throw new TransparencyError(
      'origin_differs',
      `This log is "${String(origin)}", and the signing key is that of "${String(given)}": a log keeps its origin.`,
    );
  }
  throw new TransparencyError(
    'key_unknown',
    `The key ${vkey} is not known to this log, which is signed with ${current.vkey}: take that one, or hand over with "npm run keys -- rotate".`,
  );
}

/**
 * The lock of all signing: nobody else signs, nor hands the key over, until the transaction ends.
 * @returns the vkey that signs now
 */
export async function lockSigning(tx: PoolClient): Promise<string | null> {
  const { rows } = await tx.query<{ vkey: string }>({
    name: 'transparency-lock-signing/1',
    text: 'SELECT vkey FROM transparency.signing_key WHERE until_size IS NULL FOR UPDATE',
  });
  return rows[0]?.vkey ?? null;
}

/** MUST be under `lockSigning`. */
export async function replaceCurrent(tx: PoolClient, size: number, old: string, next: string): Promise<void> {
  await tx.query('UPDATE transparency.signing_key SET until_size = $2, retired_at = now() WHERE vkey = $1', [
    old,
    size,
  ]);
  await tx.query('INSERT INTO transparency.signing_key (vkey, from_size) VALUES ($1, $2)', [next, size]);
}

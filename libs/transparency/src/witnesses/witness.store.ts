import { type Pool } from 'pg';

/** What is known of a witness, and what came of the last try. */
export interface WitnessStanding {
  /** The size that it last cosigned; 0 before the first. */
  readonly size: number;
  readonly cosignedAt: string | null;
  readonly lastError: string | null;
}

const unheard: WitnessStanding = { size: 0, cosignedAt: null, lastError: null };

/** Of each vkey that was asked for, in their order. */
export async function readWitnesses(
  pool: Pool,
  vkeys: readonly string[],
): Promise<readonly WitnessStanding[]> {
  const { rows } = await pool.query<{
    vkey: string;
    size: string;
    cosigned_at: string | null;
    last_error: string | null;
  }>({
    name: 'transparency-witnesses/1',
    text: `SELECT vkey, size, last_error,
        to_char(cosigned_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS cosigned_at
      FROM transparency.witness WHERE vkey = ANY ($1)`,
    values: [vkeys],
  });
  const known = new Map(
    rows.map(({ vkey, size, cosigned_at, last_error }) => [
      vkey,
      { size: Number(size), cosignedAt: cosigned_at, lastError: last_error },
    ]),
  );
  return vkeys.map((vkey) => known.get(vkey) ?? unheard);
}

export async function keepCosigned(pool: Pool, vkey: string, size: number): Promise<void> {
  await pool.query(
    `INSERT INTO transparency.witness AS w (vkey, size, tried_at, cosigned_at) VALUES ($1, $2, now(), now())
     ON CONFLICT (vkey) DO UPDATE SET size = greatest(w.size, $2), tried_at = now(), cosigned_at = now(), last_error = NULL`,
    [vkey, size],
  );
}

/** The size that the witness itself names. */
export async function keepSize(pool: Pool, vkey: string, size: number): Promise<void> {
  await pool.query(
    `INSERT INTO transparency.witness (vkey, size, tried_at) VALUES ($1, $2, now())
     ON CONFLICT (vkey) DO UPDATE SET size = $2, tried_at = now()`,
    [vkey, size],
  );
}

export async function keepError(pool: Pool, vkey: string, reason: string): Promise<void> {
  await pool.query(
    `INSERT INTO transparency.witness (vkey, tried_at, last_error) VALUES ($1, now(), $2)
     ON CONFLICT (vkey) DO UPDATE SET tried_at = now(), last_error = $2`,
    [vkey, reason],
  );
}

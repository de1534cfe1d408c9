import { randomBytes } from 'node:crypto';
import { type Pool } from 'pg';

/** 32 random bytes under a name, the same for every instance on this database; made on first use. */
export async function sharedSecret(pool: Pool, name: string): Promise<Buffer> {
  await pool.query('INSERT INTO access.secret (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING', [
    name,
    randomBytes(32),
  ]);
  const { rows } = await pool.query<{ value: Buffer }>('SELECT value FROM access.secret WHERE name = $1', [
    name,
  ]);
  const secret = rows[0]?.value;
  if (secret === undefined) throw new Error(`The secret "${name}" could not be stored`);
  return secret;
}

import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { type Pool } from 'pg';
import { z } from 'zod';

export const scope = z.enum([
  'statements:write',
  'claims:review',
  'corridors:write',
  'webhooks:manage',
  'audit:read',
  'admin',
]);
export type Scope = z.output<typeof scope>;

/** Who sends a request. `id` is recorded as the actor of every event that follows from it. */
export interface Principal {
  readonly id: string;
  readonly scopes: readonly Scope[];
}

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: string;
  readonly revokedAt: string | null;
}

const adminId = 'admin';

/** 256 random bits; the prefix lets secret scanners find a leaked key. */
export function newKey(): string {
  return `cw_${randomBytes(32).toString('base64url')}`;
}

/** @returns null when no living key is like this one */
export async function findPrincipal(pool: Pool, key: string): Promise<Principal | null> {
  const { rows } = await pool.query<Principal>({
    name: 'find_principal',
    text: 'SELECT id, scopes FROM access.api_key WHERE key_sha256 = $1 AND revoked_at IS NULL',
    values: [hashOf(key)],
  });
  return rows[0] ?? null;
}

/** @returns the key itself, which cannot be read again */
export async function issueKey(
  pool: Pool,
  name: string,
  scopes: readonly Scope[],
): Promise<ApiKey & { key: string }> {
  const key = newKey();
  const id = randomUUID();
  const { rows } = await pool.query<{ created_at: Date }>(
    'INSERT INTO access.api_key (id, name, key_sha256, scopes) VALUES ($1, $2, $3, $4) RETURNING created_at',
    [id, name, hashOf(key), scopes],
  );
  return { id, name, scopes, createdAt: rows[0]?.created_at.toISOString() ?? '', revokedAt: null, key };
}

export async function listKeys(pool: Pool): Promise<readonly ApiKey[]> {
  const { rows } = await pool.query<{
    id: string;
    name: string;
    scopes: Scope[];
    created_at: Date;
    revoked_at: Date | null;
  }>(
    'SELECT id, name, scopes, created_at, revoked_at FROM access.api_key ORDER BY created_at, id LIMIT 1000',
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    scopes: row.scopes,
    createdAt: row.created_at.toISOString(),
    revokedAt: row.revoked_at?.toISOString() ?? null,
  }));
}

/** @returns false when there is no such living key; the admin key is changed by its setting, not here */
export async function revokeKey(pool: Pool, id: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    'UPDATE access.api_key SET revoked_at = now() WHERE id = $1 AND id <> $2 AND revoked_at IS NULL',
    [id, adminId],
  );
  return rowCount === 1;
}

/** Makes the given key the admin key; an earlier one stops to work. */
export async function setAdminKey(pool: Pool, key: string): Promise<void> {
  await pool.query(
    `INSERT INTO access.api_key (id, name, key_sha256, scopes) VALUES ($1, 'admin', $2, '{admin}')
     ON CONFLICT (id) DO UPDATE SET key_sha256 = excluded.key_sha256`,
    [adminId, hashOf(key)],
  );
}

/** @returns the new admin key on the first call for this database, null ever after */
export async function createAdminKeyOnce(pool: Pool): Promise<string | null> {
  const key = newKey();
  const { rowCount } = await pool.query(
    `INSERT INTO access.api_key (id, name, key_sha256, scopes) VALUES ($1, 'admin', $2, '{admin}')
     ON CONFLICT (id) DO NOTHING`,
    [adminId, hashOf(key)],
  );
  return rowCount === 1 ? key : null;
}

function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

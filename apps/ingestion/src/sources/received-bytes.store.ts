import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type Pool } from 'pg';

const compress = promisify(gzip);

/**
 * Keeps bytes as they came, once, under their hash. Before the statement that names them, so that no custody in the
 * ledger names bytes that are not there.
 * @returns SHA-256 in hex
 */
export async function keepBytes(pool: Pool, bytes: Buffer, receivedAt: string): Promise<string> {
  const sha256 = createHash('sha256').update(bytes).digest();
  await pool.query(
    `INSERT INTO ingestion.received_bytes (sha256, gzipped, byte_count, first_received_at)
     SELECT $1, $2, $3, $4 WHERE NOT EXISTS (SELECT 1 FROM ingestion.received_bytes WHERE sha256 = $1)
     ON CONFLICT DO NOTHING`,
    [sha256, await compress(bytes), bytes.length, receivedAt],
  );
  return sha256.toString('hex');
}

import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type Pool } from 'pg';
import { type FetchRecord } from '#events';

const compress = promisify(gzip);

/**
 * Keeps bytes as they came, once, under their hash. Before the statement that names them, so that no custody in the
 * ledger names bytes that are not there. Not where words that were redacted stood: there the hash alone is custody.
 * @returns SHA-256 in hex
 */
export async function keepBytes(
  pool: Pool,
  bytes: Buffer,
  { url, finalUrl, fetchedAt }: Pick<FetchRecord, 'url' | 'finalUrl' | 'fetchedAt'>,
): Promise<string> {
  const sha256 = createHash('sha256').update(bytes).digest();
  await pool.query(
    `INSERT INTO ingestion.received_bytes (sha256, gzipped, byte_count, first_received_at, url)
     SELECT $1, $2, $3, $4, $5 WHERE NOT EXISTS (SELECT 1 FROM ingestion.received_bytes WHERE sha256 = $1)
       AND NOT EXISTS (SELECT 1 FROM ingestion.unkept_address WHERE url IN ($5, $6))
     ON CONFLICT DO NOTHING`,
    [sha256, await compress(bytes), bytes.length, fetchedAt, url, finalUrl],
  );
  return sha256.toString('hex');
}

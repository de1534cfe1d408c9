import { type Pool } from 'pg';
import { type PayloadOf } from '#events';
import { inTransaction } from '#platform';

/**
 * What is kept beside the ledger and holds the statement's words: what its feed gave of it, the bytes it was fetched
 * in, what replays put aside, and answers that are kept for requests that are sent again.
 */
export async function forgetLeftovers(
  pool: Pool,
  { statementId, url, custody: { bytesSha256, fetch, receivedAt } }: PayloadOf<'StatementReceived'>,
): Promise<void> {
  await inTransaction(pool, async (tx) => {
    await tx.query(`UPDATE ingestion.source_item SET title = NULL, summary = '' WHERE statement_id = $1`, [
      statementId,
    ]);
    if (fetch !== null) {
      const addresses = [...new Set([fetch.url, fetch.finalUrl, ...(url === null ? [] : [url])])];
      // What stands there goes on to hold the words, in a feed for as long as it lists the item.
      await tx.query(
        'INSERT INTO ingestion.unkept_address (url) SELECT * FROM unnest($1::text[]) ON CONFLICT DO NOTHING',
        [addresses],
      );
      await tx.query(
        `DELETE FROM ingestion.received_bytes WHERE sha256 = decode($1, 'hex')
           OR first_received_at >= $2::timestamptz - interval '1 hour' AND (url IS NULL OR url = ANY ($3))`,
        [bytesSha256, receivedAt, addresses],
      );
    }
    await tx.query('SELECT replay.forget_words()');
    await tx.query(
      `DELETE FROM access.idempotent_answer
       WHERE status IS NOT NULL AND (path IS NULL OR path LIKE '/v1/statements%' OR path LIKE '/v1/claims%')`,
    );
  });
}

import { type RecordedEvent } from '#events';
import { type Projector, type Tx } from '#projection';

type Reads = 'SourceRegistered' | 'SourceRemoved';

/** Keeps the sources to poll. What polling found out about them is not in the ledger, and is lost with the table. */
export const sourcesProjector: Projector<Reads> = {
  name: 'ingestion-sources',
  reads: ['SourceRegistered', 'SourceRemoved'],
  apply: async (events, tx) => {
    // A source may be removed and registered again in one batch.
    for (const event of events) await applySourceEvent(event, tx);
  },
};

/** Long enough for whoever registers a source to poll it by hand first, and see what comes. */
const firstPollAfterMs = 5_000;

/** Safe to repeat, also late: whoever appended an event may apply it before it comes back by the feed. */
export async function applySourceEvent(event: RecordedEvent<Reads>, tx: Pick<Tx, 'query'>): Promise<void> {
  const { position } = event;
  if (event.type === 'SourceRemoved') {
    await tx.query('DELETE FROM source WHERE source = $1 AND position < $2', [
      event.payload.source,
      position,
    ]);
    return;
  }
  const { source, feedUrl, publisher, everyMinutes, about } = event.payload;
  await tx.query(
    `INSERT INTO source AS s
       (source, feed_url, publisher, every_minutes, about, position, feed_due_at, due_at)
     VALUES ($1, $2, $3, $4, $5, $6, now() + $7 * interval '1 millisecond', now() + $7 * interval '1 millisecond')
     ON CONFLICT (source) DO UPDATE SET
       publisher = excluded.publisher, every_minutes = excluded.every_minutes, about = excluded.about,
       position = excluded.position, feed_due_at = excluded.feed_due_at, due_at = excluded.due_at
     WHERE s.position < excluded.position`,
    [source, feedUrl, publisher, everyMinutes, about, position, firstPollAfterMs],
  );
}

import { type Pool } from 'pg';
import { randomUUID } from 'node:crypto';
import { type PostgresLedger } from '#ledger';
import { cause, plainEvent } from './kilobyte-events.ts';
import { type Contender, sideBySide } from './side-by-side.ts';
import { printTable } from './table.ts';

const eventCount = 200_000;
const pageSize = 5_000;

/** Reading the ledger in order beside bare keyset pages over the same table. */
export async function readingTable(ledger: PostgresLedger, owner: Pool): Promise<void> {
  while ((await ledger.head()).position < eventCount) {
    const events = Array.from({ length: 1_000 }, plainEvent);
    await ledger.append({ streamId: `fill-${randomUUID()}`, expectedVersion: 0, events, cause });
  }
  await owner.query('VACUUM ANALYZE ledger.event');
  const [ledgerRate, bareRate] = await sideBySide([ledgerReader(ledger), bareReader(owner)], {
    callers: 1,
    rounds: 3,
  });
  printTable(
    `Reading ${eventCount.toLocaleString('en')} events in order, pages of ${pageSize} (events/s)`,
    ['', 'ledger', 'bare keyset', 'ratio', 'aim'],
    [['read', ledgerRate, bareRate, ledgerRate / bareRate, '≥ 0.8']],
  );
}

function ledgerReader(ledger: PostgresLedger): Contender {
  return {
    async once() {
      let position = 0;
      while (position < eventCount) {
        const page = await ledger.read({ after: position, through: eventCount, limit: pageSize });
        position = page.at(-1)?.position ?? eventCount;
      }
      return position;
    },
  };
}

function bareReader(owner: Pool): Contender {
  const text = `SELECT position, stream_id, stream_version, event_id, type, schema_version, payload, key, valid_from,
      recorded_at, actor, correlation_id, causation_id, traceparent
    FROM ledger.event WHERE position > $1 ORDER BY position LIMIT $2`;
  return {
    async once() {
      let position = 0;
      while (position < eventCount) {
        const { rows } = await owner.query<{ position: string }>({
          name: 'bare',
          text,
          values: [position, pageSize],
        });
        position = Number(rows.at(-1)?.position ?? eventCount);
      }
      return position;
    },
  };
}

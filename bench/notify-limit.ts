import pg from 'pg';
import { paced } from './paced-load.ts';

/**
 * What Postgres alone takes to tell another session of a committed row: one insert of 1 KB with NOTIFY, until the
 * row has been read on its word. No feed can be faster than this.
 */
export async function notifyLatenciesMs(
  databaseUrl: string,
  ratePerSecond: number,
  seconds: number,
): Promise<readonly number[]> {
  const writers = new pg.Pool({ connectionString: databaseUrl, max: 8 });
  const reader = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  const listener = new pg.Client({ connectionString: databaseUrl });
  await listener.connect();
  await writers.query('CREATE TABLE IF NOT EXISTS bare_note (id bigserial PRIMARY KEY, body text NOT NULL)');
  await listener.query('LISTEN bare_note');
  const heard = new Map<string, (at: number) => void>();
  listener.on('notification', ({ payload = '' }) => {
    const read = reader.query({
      name: 'read',
      text: 'SELECT body FROM bare_note WHERE id = $1',
      values: [payload],
    });
    void read.then(() => heard.get(payload)?.(performance.now()));
  });
  let id = Number(
    (await writers.query<{ id: string | null }>('SELECT max(id) AS id FROM bare_note')).rows[0]?.id ?? 0,
  );
  const body = 'x'.repeat(1_024);
  const latencies = await paced({ ratePerSecond, count: ratePerSecond * seconds }, async () => {
    const own = String(++id);
    const sentAt = performance.now();
    const heardAt = new Promise<number>((resolve) => heard.set(own, resolve));
    await writers.query({
      name: 'write',
      text: `WITH written AS (INSERT INTO bare_note VALUES ($1, $2)) SELECT pg_notify('bare_note', $1::text)`,
      values: [own, body],
    });
    return (await heardAt) - sentAt;
  });
  await listener.end();
  await reader.end();
  await writers.end();
  return latencies.toSorted((one, other) => one - other);
}

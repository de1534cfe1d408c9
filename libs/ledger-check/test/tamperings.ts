import { randomBytes, randomUUID } from 'node:crypto';
import { type Forger } from './forger.ts';

/** What a superuser does to the tables, and the first position that is no longer what it was. */
export interface Tampering {
  readonly name: string;
  /** @param pick a position of the ledger @param other another one, greater @param last the last one */
  readonly apply: (forger: Forger, at: Positions) => Promise<number>;
}

export interface Positions {
  readonly one: number;
  readonly other: number;
  readonly last: number;
}

const edits: readonly (readonly [column: string, value: string])[] = [
  ['stream_id', `'another-' || stream_id`],
  ['stream_version', 'stream_version + 1000'],
  ['event_id', 'gen_random_uuid()'],
  ['type', `CASE type WHEN 'StatementRetracted' THEN 'StatementReviewed' ELSE 'StatementRetracted' END`],
  ['schema_version', 'schema_version + 1'],
  ['key', `key || '-2'`],
  ['valid_from', `coalesce(valid_from + 1, '2022-12-12')`],
  ['recorded_at', `recorded_at + interval '1 microsecond'`],
  ['actor', `'somebody-else'`],
  ['correlation_id', `correlation_id || '2'`],
  ['causation_id', `coalesce(causation_id, '') || '2'`],
  ['traceparent', `coalesce(traceparent, '') || '2'`],
];

const far = 1_000_000;
const tables = ['ledger.event', 'ledger.erasable_payload', 'ledger.redacted_payload'];

export const tamperings: readonly Tampering[] = [
  ...edits.map(([column, value]): Tampering => ({
    name: `edit ${column}`,
    apply: async (forger, { one }) => {
      await forger.run(`UPDATE ledger.event SET ${column} = ${value} WHERE position = $1`, [one]);
      return one;
    },
  })),
  {
    name: 'edit a payload',
    apply: async (forger, { one: wanted }) => {
      const one = await withPayload(forger, wanted);
      const edited = `replace(payload::text, '"', ' "')::json`;
      await forger.run(
        `UPDATE ledger.event SET payload = ${edited} WHERE position = $1 AND payload IS NOT NULL`,
        [one],
      );
      await forger.run(`UPDATE ledger.erasable_payload SET payload = ${edited} WHERE position = $1`, [one]);
      return one;
    },
  },
  {
    name: 'edit a salt',
    apply: async (forger, { one: wanted }) => {
      const one = await withPayload(forger, wanted);
      const salt = randomBytes(16);
      await forger.run('UPDATE ledger.event SET salt = $2 WHERE position = $1 AND salt IS NOT NULL', [
        one,
        salt,
      ]);
      await forger.run('UPDATE ledger.erasable_payload SET salt = $2 WHERE position = $1', [one, salt]);
      return one;
    },
  },
  {
    name: 'delete an event',
    apply: async (forger, { one }) => {
      await forger.run('DELETE FROM ledger.event WHERE position = $1', [one]);
      return one;
    },
  },
  {
    name: 'delete an event and close the gap',
    apply: async (forger, { one }) => {
      await forger.run('DELETE FROM ledger.event WHERE position = $1', [one]);
      await forger.run('DELETE FROM ledger.erasable_payload WHERE position = $1', [one]);
      await shift(forger, one, -1);
      await forger.run('UPDATE ledger.head SET position = position - 1');
      return one;
    },
  },
  {
    name: 'insert an event between others',
    apply: async (forger, { one }) => {
      await shift(forger, one - 1, 1);
      await copy(forger, one + 1, one);
      await forger.run('UPDATE ledger.head SET position = position + 1');
      return one;
    },
  },
  {
    name: 'insert an event beyond the head',
    apply: async (forger, { one, last }) => {
      await copy(forger, one, last + 1);
      return last + 1;
    },
  },
  {
    name: 'swap two events',
    apply: async (forger, { one, other }) => {
      for (const table of tables) {
        await forger.run(`UPDATE ${table} SET position = position + ${far} WHERE position IN ($1, $2)`, [
          one,
          other,
        ]);
        await forger.run(`UPDATE ${table} SET position = $1 WHERE position = $2`, [one, other + far]);
        await forger.run(`UPDATE ${table} SET position = $1 WHERE position = $2`, [other, one + far]);
      }
      return one;
    },
  },
  {
    name: 'swap two payloads',
    apply: async (forger, { one, other }) => {
      const found = await plainFrom(forger, one);
      const [first = 0, second = 0] = [found, await plainFrom(forger, other, found)].sort((a, b) => a - b);
      await forger.run(
        `UPDATE ledger.event AS e SET payload = o.payload, salt = o.salt FROM ledger.event AS o
         WHERE (e.position, o.position) IN (($1, $2), ($2, $1))`,
        [first, second],
      );
      return first;
    },
  },
  {
    name: 'cut off the last events',
    apply: async (forger, { one }) => {
      await forger.run('DELETE FROM ledger.event WHERE position >= $1', [one]);
      await forger.run('DELETE FROM ledger.erasable_payload WHERE position >= $1', [one]);
      await forger.run(
        `UPDATE ledger.head SET position = $1 - 1,
           recorded_at = (SELECT recorded_at FROM ledger.event WHERE position = $1 - 1)`,
        [one],
      );
      return one;
    },
  },
  {
    name: 'truncate the ledger',
    apply: async (forger) => {
      await forger.run('TRUNCATE ledger.event, ledger.erasable_payload');
      return 1;
    },
  },
  {
    name: 'move the head',
    apply: async (forger, { last }) => {
      await forger.run('UPDATE ledger.head SET position = position + 1');
      return last + 1;
    },
  },
];

/** Of the tree and what was signed, which no recomputing covers: the events stay as they are. */
export const logTamperings: readonly Tampering[] = [
  {
    name: 'edit a leaf in a tile',
    apply: async (forger, { one }) => {
      await forger.run(
        'UPDATE transparency.tile SET hashes = overlay(hashes PLACING $1 FROM $2) WHERE level = 0 AND index = $3',
        [randomBytes(32), ((one - 1) % 256) * 32 + 1, Math.floor((one - 1) / 256)],
      );
      return one;
    },
  },
  {
    name: 'truncate the tiles',
    apply: async (forger) => {
      await forger.run('TRUNCATE transparency.tile');
      return 1;
    },
  },
];

/** That position, or the next whose payload was not redacted. */
async function withPayload(forger: Forger, position: number): Promise<number> {
  const { rows } = await forger.client.query<{ position: string }>(
    `SELECT e.position FROM ledger.event AS e LEFT JOIN ledger.erasable_payload AS p USING (position)
     WHERE e.payload IS NOT NULL OR p.position IS NOT NULL ORDER BY e.position < $1, e.position LIMIT 1`,
    [position],
  );
  return Number(rows[0]?.position);
}

/** The first event from there on, round about, whose payload lies in its row. */
async function plainFrom(forger: Forger, position: number, but = 0): Promise<number> {
  const { rows } = await forger.client.query<{ position: string }>(
    `SELECT position FROM ledger.event WHERE payload IS NOT NULL AND position <> $2
     ORDER BY position < $1, position LIMIT 1`,
    [position, but],
  );
  return Number(rows[0]?.position);
}

/** @param after the last position that stays */
async function shift(forger: Forger, after: number, by: 1 | -1): Promise<void> {
  for (const table of tables) {
    await forger.run(`UPDATE ${table} SET position = position + ${far} WHERE position > $1`, [after]);
    await forger.run(`UPDATE ${table} SET position = position - ${far} + $1 WHERE position > ${far}`, [by]);
  }
}

async function copy(forger: Forger, from: number, to: number): Promise<void> {
  await forger.run(
    `INSERT INTO ledger.event SELECT $2, $3, 1, $4, type, schema_version, coalesce(payload, '{}'), coalesce(salt, '\\x00'),
       payload_hash, key, valid_from, recorded_at, actor, correlation_id, causation_id, traceparent, leaf_hash
     FROM ledger.event WHERE position = $1`,
    [from, to, `forged-${randomUUID()}`, randomUUID()],
  );
}

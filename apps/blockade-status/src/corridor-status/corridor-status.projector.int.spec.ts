import fc from 'fast-check';
import { type EventType, type RecordedEvent } from '#events';
import { type AppendRequest, type Ledger, type NewEvent } from '#ledger';
import { type Tx } from '#projection';
import {
  added,
  amended,
  assessed,
  claimOf,
  coded,
  lapsed,
  recoded,
  registered,
  regraded,
  retracted,
  reviewed,
  superseded,
  withdrawn,
  type Report,
} from '../../test/reports.ts';
import { statusRoom, type StatusRoom } from '../../test/status-scene.ts';
import { type EvidenceEvent } from './corridor-evidence.ts';
import { corridorStatusProjector } from './corridor-status.projector.ts';
import { decisionsInLedger } from './decision.recorder.ts';

const tables = [
  ...['corridor', 'corridor_definition', 'corridor_setting', 'claim', 'statement_end'],
  ...['turn', 'evidence_day', 'status_change'],
];
const silent = { info: () => undefined };

let room: StatusRoom;

beforeAll(async () => {
  room = await statusRoom();
});

afterEach(forgetRows);

afterAll(() => room.close());

async function forgetRows(): Promise<void> {
  for (const table of tables) await room.pool.query(`DELETE FROM blockade_status.${table}`);
}

type Projected = RecordedEvent<EvidenceEvent['type'] | 'CorridorStatusChanged' | 'CorridorStatusCorrected'>;

async function inTransaction(work: (tx: Tx) => Promise<void>): Promise<void> {
  const client = await room.pool.connect();
  try {
    await client.query('BEGIN');
    await work(client);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

/** The ledger, and the ids of what was appended through it, in order. */
function watched(): { ledger: Ledger; appended: string[] } {
  const appended: string[] = [];
  const { ledger } = room;
  return {
    appended,
    ledger: {
      append: (request: AppendRequest) => {
        appended.push(...request.events.map(({ eventId }) => eventId));
        return ledger.append(request);
      },
      read: (page) => ledger.read(page),
      readStream: (streamId) => ledger.readStream(streamId),
      head: () => ledger.head(),
      positionAt: (instant) => ledger.positionAt(instant),
    },
  };
}

/** Applies the events in batches that end at the given places; answers the decisions, in order. */
async function project(events: readonly Projected[], ends: readonly number[]): Promise<readonly string[]> {
  const { ledger, appended } = watched();
  const projector = corridorStatusProjector(decisionsInLedger(ledger, silent));
  const cuts = [...new Set([...ends, events.length])].sort((one, other) => one - other);
  let start = 0;
  for (const end of cuts) {
    const batch = events.slice(start, end);
    await inTransaction((tx) => projector.apply(batch, tx));
    start = end;
  }
  return appended;
}

async function digests(): Promise<Record<string, string>> {
  const entries = tables.map(async (table) => {
    const { rows } = await room.pool.query<{ digest: string }>(
      `SELECT count(*) || ' ' || md5(string_agg(t::text, E'\\n' ORDER BY t::text COLLATE "C")) AS digest
       FROM blockade_status.${table} AS t`,
    );
    return [table, rows[0]?.digest ?? ''] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

async function everything(types: readonly EventType[]): Promise<readonly Projected[]> {
  return (await room.ledger.read({ after: 0, limit: 10_000, types })) as readonly Projected[];
}

const types: readonly EventType[] = [
  'CorridorRegistered',
  'CorridorAmended',
  'StatementCoded',
  'ClaimReviewed',
  'ClaimAdded',
  'StatementRetracted',
  'StatementSuperseded',
  'PublisherRegraded',
  'StatusAssessed',
  'AssessmentWithdrawn',
  'FreshnessLapsed',
  'CorridorStatusChanged',
  'CorridorStatusCorrected',
];

/** Two corridors' worth of reports that contradict each other, some of them coded again, reviewed or retracted. */
function history(): readonly NewEvent[] {
  const corridors = ['heron-pass', 'crane-pass'];
  const report: fc.Arbitrary<Omit<Report, 'name'>> = fc.record({
    corridor: fc.constantFrom(...corridors),
    on: fc.integer({ min: 1, max: 28 }).map((day) => `2023-02-${String(day).padStart(2, '0')}`),
    status: fc.constantFrom('open', 'restricted', 'blocked'),
    speaker: fc.constantFrom('ICRC', 'Northmark', 'United Nations'),
  });
  const reports = fc.sample(report, { seed: 7, numRuns: 36 });
  return [
    ...corridors.map((corridor) => registered(corridor)),
    ...reports.flatMap((each, index) => {
      const name = `report ${index}`;
      const statement = { name, ...each };
      const events = [coded(statement)];
      const other = claimOf({ ...statement, name: `${name}, another`, status: 'restricted' });
      if (index % 4 === 1) events.push(recoded(statement, other));
      if (index % 6 === 1) events.push(reviewed(statement, 'reject', other));
      if (index % 6 === 2)
        events.push(reviewed(statement, 'amend', claimOf({ ...statement, status: 'open' })));
      if (index % 6 === 3) events.push(added(statement, other), recoded(statement));
      if (index % 7 === 3) events.push(superseded(name, each.corridor));
      if (index % 5 === 4) events.push(retracted(name, each.corridor));
      if (index % 9 === 5) events.push(regraded(each.corridor, index % 2 === 1 ? 'D' : 'A'));
      if (index === 12)
        events.push(assessed('heron-pass', 'seen', { validFrom: '2023-02-14', status: 'restricted' }));
      if (index === 16) events.push(lapsed('crane-pass', '2023-03-10', '2023-02-27'));
      if (index === 30) events.push(withdrawn('heron-pass', 'seen'));
      if (index === 20) events.push(amended('crane-pass', { parties: ['Southmark'] }));
      return events;
    }),
  ];
}

it('gives the same rows, byte for byte, and the same decisions, however the events are cut into batches', async () => {
  await room.record(...history());
  const reports = await everything(types.slice(0, -2));
  const decisions = await project(reports, []);
  expect(decisions.length).toBeGreaterThan(5);

  await forgetRows();
  const events = await everything(types);
  const head = await room.ledger.head();
  expect(await project(events, [])).toEqual(decisions);
  const expected = await digests();

  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(events.length - 1), { maxLength: 20 }), async (ends) => {
      await forgetRows();
      expect(await project(events, ends)).toEqual(decisions);
      expect(await digests()).toEqual(expected);
    }),
    { numRuns: 12, examples: [[events.map((_, index) => index)]] },
  );
  // Every decision was there already, under the same id and with the same content.
  expect(await room.ledger.head()).toEqual(head);
}, 60_000);

it('leaves one decision when it dies between the decision and its own commit', async () => {
  const [place, report] = (await room.record(
    registered('egret-pass'),
    coded({ name: 'egrets', corridor: 'egret-pass', on: '2023-02-01', status: 'blocked' }),
  )) as [Projected, Projected];
  await project([place], []);
  await expect(
    inTransaction(async (tx) => {
      await corridorStatusProjector(decisionsInLedger(room.ledger, silent)).apply([report], tx);
      throw new Error('killed before COMMIT');
    }),
  ).rejects.toThrow('killed');
  const decided = await room.ledger.readStream('corridor-status-egret-pass');
  expect(decided).toHaveLength(1);

  await project([report], []);
  expect(await room.ledger.readStream('corridor-status-egret-pass')).toEqual(decided);
  const { rows } = await room.pool.query(
    "SELECT status FROM blockade_status.corridor WHERE corridor = 'egret-pass'",
  );
  expect(rows).toEqual([{ status: 'blocked' }]);
});

it('does not believe what it remembers when another instance has gone on meanwhile', async () => {
  const [place, shut, retraction] = (await room.record(
    registered('stork-pass'),
    coded({ name: 'storks', corridor: 'stork-pass', on: '2023-02-01', status: 'blocked' }),
    retracted('storks', 'stork-pass'),
  )) as [Projected, Projected, Projected];
  const remembers = corridorStatusProjector(decisionsInLedger(room.ledger, silent));
  await inTransaction((tx) => remembers.apply([place], tx));
  await project([shut], []);
  await inTransaction((tx) => remembers.apply([retraction], tx));
  const decisions = await room.ledger.readStream('corridor-status-stork-pass');
  expect(decisions.map(({ payload }) => payload)).toMatchObject([
    { from: 'open', to: 'blocked' },
    { from: 'blocked', to: 'open' },
    { replaced: [{ from: '2023-02-01', to: '2023-02-01' }] },
  ]);
});

it('does not believe what it remembers of a row that another took the place of at the same position', async () => {
  const [place, shut, open] = (await room.record(
    registered('ferry-pass'),
    coded({ name: 'ferry 1', corridor: 'ferry-pass', on: '2023-02-01', status: 'blocked' }),
    coded({ name: 'ferry 2', corridor: 'ferry-pass', on: '2023-02-02', status: 'blocked' }),
  )) as [Projected, Projected, Projected];
  const remembers = corridorStatusProjector(decisionsInLedger(room.ledger, silent));
  await inTransaction((tx) => remembers.apply([place, shut], tx));
  await inTransaction(async (tx) => {
    await tx.query("DELETE FROM claim WHERE corridor = 'ferry-pass'");
    await tx.query("UPDATE corridor SET position = position WHERE corridor = 'ferry-pass'");
  });
  await inTransaction((tx) => remembers.apply([open], tx));
  const { rows } = await room.pool.query(
    `SELECT json_array_length(state -> 'evidence') AS count FROM blockade_status.corridor WHERE corridor = 'ferry-pass'`,
  );
  expect(rows).toEqual([{ count: 1 }]);
});

it('decides anew, and alike, when its transaction failed', async () => {
  const [place, shut, open] = (await room.record(
    registered('rail-pass'),
    coded({ name: 'rails 1', corridor: 'rail-pass', on: '2023-02-01', status: 'blocked' }),
    coded({ name: 'rails 2', corridor: 'rail-pass', on: '2023-02-20', status: 'open' }),
  )) as [Projected, Projected, Projected];
  const { ledger, appended } = watched();
  const projector = corridorStatusProjector(decisionsInLedger(ledger, silent));
  await inTransaction((tx) => projector.apply([place], tx));
  await expect(
    inTransaction(async (tx) => {
      await projector.apply([shut], tx);
      throw new Error('killed before COMMIT');
    }),
  ).rejects.toThrow('killed');
  await inTransaction((tx) => projector.apply([shut, open], tx));
  expect(appended).toHaveLength(3);
  expect(appended[1]).toBe(appended[0]);
  const { rows } = await room.pool.query(
    "SELECT state ->> 'since' AS since, status FROM blockade_status.corridor WHERE corridor = 'rail-pass'",
  );
  expect(rows).toEqual([{ since: '2023-02-20', status: 'open' }]);
  expect(await room.ledger.readStream('corridor-status-rail-pass')).toHaveLength(2);
});

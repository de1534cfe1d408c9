import fc from 'fast-check';
import { type Difference, type ReplayView } from '#replay';
import { anyStep, eventsOf, otherRules, rules } from '../../test/any-history.ts';
import { adopted, coded, registered } from '../../test/reports.ts';
import { replayRoom, type ReplayRoom } from '../../test/replay-room.ts';
import { type StatusRules } from '../corridor-status/status-rules.ts';

let room: ReplayRoom;
let head: number;

/** Everything that can happen to corridors, with two versions of the rules, and hundreds of decisions. */
beforeAll(async () => {
  room = await replayRoom();
  const [first, second] = fc.sample(fc.array(anyStep, { minLength: 150, maxLength: 150 }), {
    numRuns: 2,
    seed: 7,
  });
  await room.record(...eventsOf('heron-pass', first ?? []));
  await room.record(...eventsOf('stork-pass', second ?? []));
  await room.record(adopted('heron-pass', otherRules.version));
  head = await room.settled();
}, 60_000);

afterAll(() => room.close());

function whatDiffers({ differences }: ReplayView): readonly string[] {
  return differences.map((difference) =>
    'table' in difference ? `${difference.kind} ${difference.table}` : difference.kind,
  );
}

/** Takes back what a test has done to the history, whatever it found. */
async function meanwhile<Result>(
  done: readonly [string, ...unknown[]],
  undone: readonly [string, ...unknown[]],
  work: () => Promise<Result>,
): Promise<Result> {
  await room.tamper(done[0], done.slice(1));
  try {
    return await work();
  } finally {
    await room.tamper(undone[0], undone.slice(1));
  }
}

async function anyRow<Row extends Record<string, unknown>>(select: string): Promise<Row> {
  const { rows } = await room.owner.query<Row>(select);
  if (rows[0] === undefined) throw new Error(`Nothing found by ${select}`);
  return rows[0];
}

it('is identical after everything that can happen, and writes nothing to the ledger', async () => {
  const replay = await room.replay();
  expect(replay).toMatchObject({
    state: 'identical',
    differences: [],
    differenceCount: 0,
    progress: 1,
    parked: [],
  });
  expect(replay.tables.map(({ table }) => table)).toEqual([
    'corridor',
    'corridor_definition',
    'corridor_setting',
    'turn',
    'evidence_day',
    'claim',
    'statement_end',
    'redaction',
    'status_change',
  ]);
  expect(replay.tables.every(({ digest, liveDigest }) => digest === liveDigest)).toBe(true);
  expect(replay.tables.filter(({ rows }) => rows === 0).map(({ table }) => table)).toEqual(['redaction']);
  expect(replay.decisions[0]?.['derivedDecisions']).toBeGreaterThan(50);
  expect((await room.ledger.head()).position).toBe(head);
});

it('holds at any position', async () => {
  const positions = fc.sample(fc.integer({ min: 1, max: head }), { numRuns: 12, seed: 3 });
  for (const toPosition of [1, head, ...positions]) {
    const replay = await room.replay({ toPosition });
    expect([toPosition, replay.state, replay.differences]).toEqual([toPosition, 'identical', []]);
  }
}, 60_000);

it('says which rows of an earlier position cannot be compared any more', async () => {
  const { tables } = await room.replay({ toPosition: head - 1 });
  // The last event is the decision about heron-pass; nothing has come for stork-pass since.
  expect(tables.find(({ table }) => table === 'corridor')).toMatchObject({ rows: 1, notComparable: 1 });
});

it('finds a row that was edited by hand, with its key and column', async () => {
  const edit = (becomes: string) =>
    [`UPDATE blockade_status.corridor SET status = $1 WHERE corridor = 'stork-pass'`, becomes] as const;
  const { status } = await anyRow<{ status: string }>(
    `SELECT status FROM blockade_status.corridor WHERE corridor = 'stork-pass'`,
  );
  const replay = await meanwhile(edit('edited'), edit(status), () => room.replay());
  expect(replay.state).toBe('different');
  expect(replay.differences).toEqual([
    {
      kind: 'row_differs',
      schema: 'blockade_status',
      table: 'corridor',
      key: { corridor: 'stork-pass' },
      columns: [{ column: 'status', path: '', live: 'edited', replayed: status }],
    } satisfies Difference,
  ]);
});

it('finds an edited value inside JSON, a missing row and a row too many', async () => {
  const turn = await anyRow<{ from_day: string; known_from: string }>(
    `SELECT from_day::text, known_from FROM blockade_status.turn WHERE corridor = 'heron-pass' AND known_until IS NULL LIMIT 1`,
  );
  const where = `corridor = 'heron-pass' AND from_day = $1 AND known_from = $2`;
  const key = { corridor: 'heron-pass', from_day: turn.from_day, known_from: turn.known_from };
  const lasting = `CREATE TABLE public.kept AS SELECT * FROM blockade_status.turn WHERE corridor = 'heron-pass'`;
  await room.tamper(lasting);
  await room.tamper(
    `UPDATE blockade_status.turn SET decision = jsonb_set(decision::jsonb, '{status}', '"edited"')::json WHERE ${where}`,
    [turn.from_day, turn.known_from],
  );
  const edited = await room.replay();
  expect(edited.differences).toMatchObject([
    {
      kind: 'row_differs',
      table: 'turn',
      key,
      columns: [{ column: 'decision', path: '/status', live: '"edited"' }],
    },
  ]);
  await room.tamper(`DELETE FROM blockade_status.turn WHERE ${where}`, [turn.from_day, turn.known_from]);
  await room.tamper(
    `INSERT INTO blockade_status.turn SELECT 'crane-pass', from_day, known_from, NULL, decision FROM public.kept LIMIT 1`,
  );
  const lost = await room.replay();
  expect(whatDiffers(lost).toSorted()).toEqual(['row_missing turn', 'row_unexpected turn']);
  expect(lost.differences).toContainEqual({
    kind: 'row_missing',
    schema: 'blockade_status',
    table: 'turn',
    key,
  });
  await room.tamper(`DELETE FROM blockade_status.turn WHERE corridor IN ('crane-pass', 'heron-pass')`);
  await room.tamper('INSERT INTO blockade_status.turn SELECT * FROM public.kept');
  expect((await room.replay()).state).toBe('identical');
});

it('finds a recorded decision that was edited, by corridor, position and field', async () => {
  const decision = await anyRow<{ position: string; payload: string; event_id: string }>(
    `SELECT position, p.payload::text, e.event_id FROM ledger.event AS e JOIN ledger.erasable_payload AS p USING (position)
     WHERE e.type = 'CorridorStatusChanged' AND e.key = 'stork-pass' ORDER BY position LIMIT 1 OFFSET 3`,
  );
  const write = (payload: object) =>
    [
      'UPDATE ledger.erasable_payload SET payload = $1 WHERE position = $2',
      JSON.stringify(payload),
      decision.position,
    ] as const;
  const recorded = JSON.parse(decision.payload) as { from: string; causedBy: number };
  const replay = await meanwhile(
    write({ ...recorded, from: 'unknown', to: 'unknown' }),
    write(recorded),
    () => room.replay(),
  );
  expect(replay.state).toBe('different');
  expect(replay.differences).toContainEqual(
    expect.objectContaining({
      kind: 'decision_differs',
      corridor: 'stork-pass',
      position: Number(decision.position),
      causedBy: recorded.causedBy,
      type: 'CorridorStatusChanged',
      field: expect.objectContaining({ column: 'payload', live: '"unknown"' }) as unknown,
    }),
  );
});

it('finds a decision that was taken out of the ledger, and that the position is empty', async () => {
  await room.tamper(`CREATE TABLE public.taken AS
    SELECT * FROM ledger.event WHERE type = 'CorridorStatusCorrected' AND key = 'stork-pass' ORDER BY position LIMIT 1`);
  const { position } = await anyRow<{ position: string }>('SELECT position FROM public.taken');
  const replay = await meanwhile(
    [`DELETE FROM ledger.event WHERE position = (SELECT position FROM public.taken)`],
    ['INSERT INTO ledger.event SELECT * FROM public.taken'],
    () => room.replay(),
  );
  expect(whatDiffers(replay)).toEqual([
    'event_missing',
    'row_unexpected status_change',
    'decision_not_recorded',
  ]);
  expect(replay.differences[0]).toEqual({ kind: 'event_missing', position: Number(position) });
});

it('counts a decision whose payload was erased, since what it said cannot be compared', async () => {
  await room.tamper(`CREATE TABLE public.erased AS SELECT p.* FROM ledger.erasable_payload AS p
    JOIN ledger.event AS e USING (position) WHERE e.type = 'CorridorStatusChanged' ORDER BY position LIMIT 1`);
  const replay = await meanwhile(
    ['DELETE FROM ledger.erasable_payload WHERE position = (SELECT position FROM public.erased)'],
    ['INSERT INTO ledger.erasable_payload SELECT * FROM public.erased'],
    () => room.replay(),
  );
  expect(replay.decisions[0]).toMatchObject({ erasedDecisions: 1 });
  // Its row is there, and could no longer be written from the ledger.
  expect(whatDiffers(replay)).toEqual(['row_unexpected status_change']);
});

describe('with other rules under the same name', () => {
  const changed = { ...otherRules, windowDays: 2 };
  const withChanged: StatusRules = {
    ...rules,
    of: (version) => (version === changed.version ? changed : rules.of(version)),
  };

  it('names the first decision that would be another one', async () => {
    const replay = await room.replay({ rules: withChanged });
    expect(replay.state).toBe('different');
    const decisions = replay.differences.filter((difference) => 'causedBy' in difference);
    expect(decisions[0]).toMatchObject({ rule: otherRules.version });
    const positions = decisions.map((decision) => ('position' in decision ? decision.position : 0));
    expect(positions).toEqual(positions.toSorted((a, b) => a - b));
  });
});

it('fails where corridors follow rules that this release does not know, and says which', async () => {
  const unknown: StatusRules = {
    ...rules,
    of: (version) => {
      if (version === otherRules.version)
        throw Object.assign(new Error(`The rules "${version}" are not known here.`), {
          code: 'unknown_status_rules',
        });
      return rules.of(version);
    },
  };
  const replay = await room.replay({ rules: unknown });
  expect(replay.state).toBe('failed');
  expect(replay.parts[0]?.failure).toContain(otherRules.version);
});

it('compares at one instant while the live projection goes on', async () => {
  const stopped = new AbortController();
  const appending = (async () => {
    for (let index = 0; !stopped.signal.aborted; index += 1)
      await room.record(
        coded({
          name: `meanwhile ${index}`,
          corridor: 'stork-pass',
          on: '2023-03-01',
          status: index % 2 === 0 ? 'open' : 'blocked',
        }),
      );
  })();
  try {
    for (let times = 0; times < 2; times += 1) {
      const replay = await room.replay();
      expect([replay.state, replay.differences]).toEqual(['identical', []]);
    }
  } finally {
    stopped.abort();
    await appending;
  }
  head = await room.settled();
}, 60_000);

it('parks what it cannot apply, as the live projection does, and says so', async () => {
  const [event] = await room.record(registered('ibis-pass'));
  await room.settled();
  const write = (payload: object) =>
    [
      'UPDATE ledger.event SET payload = $1 WHERE position = $2',
      JSON.stringify(payload),
      event?.position,
    ] as const;
  const recorded = event?.payload as unknown as object;
  const replay = await meanwhile(write({ corridor: 'ibis-pass' }), write(recorded), () => room.replay());
  expect(replay.parked).toMatchObject([
    { schema: 'blockade_status', side: 'replayed', projector: 'corridor-status', key: 'ibis-pass' },
  ]);
  expect(whatDiffers(replay)).toContain('row_unexpected corridor');
});

/** Everything of the schema but its rows. */
async function catalogue(): Promise<unknown> {
  const { rows } = await room.owner.query(`
    SELECT c.relname, c.relkind, obj_description(c.oid, 'pg_class') AS comment,
      ARRAY(SELECT a::text FROM unnest(c.relacl) AS a ORDER BY 1) AS rights,
      CASE WHEN c.relkind = 'i' THEN pg_get_indexdef(c.oid) END AS index,
      ARRAY(SELECT conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = c.oid ORDER BY 1) AS constraints,
      ARRAY(SELECT concat_ws(' ', attname, atttypid::regtype, attnotnull, pg_get_expr(adbin, adrelid), col_description(attrelid, attnum))
            FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
            WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped ORDER BY attname) AS columns
    FROM pg_class AS c WHERE c.relnamespace = 'blockade_status'::regnamespace ORDER BY c.relname`);
  return rows;
}

it('leaves names, indexes, constraints, rights and comments as they were when it switches', async () => {
  const epoch = async () =>
    Number(
      (await anyRow<{ epoch: string }>('SELECT max(epoch) AS epoch FROM blockade_status.checkpoint')).epoch,
    );
  const [before, epochBefore] = [await catalogue(), await epoch()];
  const replay = await room.replay({ switch: true });
  // The running projector is fenced, whatever it has in hand.
  expect(await epoch()).toBeGreaterThan(epochBefore);
  expect(replay.parts[0]?.switchedAt).not.toBeNull();
  expect(await catalogue()).toEqual(before);
  const { rows } = await room.owner.query(
    `SELECT count(*)::int AS count FROM pg_class WHERE relnamespace = 'blockade_status_before'::regnamespace`,
  );
  expect(rows).not.toEqual([{ count: 0 }]);
  await room.record(coded({ name: 'after', corridor: 'stork-pass', on: '2023-03-02', status: 'blocked' }));
  await room.settled();
  expect(await room.replay()).toMatchObject({ state: 'identical', differences: [] });
}, 60_000);

it('lets the role of the service make no tables but of those that it may empty', async () => {
  for (const table of ['migration', 'decided'])
    await expect(
      room.pool.query(`SELECT blockade_status.begin_rebuild($1, '{}')`, [[table]]),
    ).rejects.toMatchObject({
      code: '42501',
    });
  await expect(room.pool.query('DROP SCHEMA blockade_status CASCADE')).rejects.toMatchObject({
    code: '42501',
  });
});

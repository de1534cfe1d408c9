import { type ReplayView } from '#replay';
import { until } from '../../../test/harness/until.ts';
import { houseScene, type HouseScene } from '../test/house-scene.ts';

let scene: HouseScene;

/** Something of every kind that people and feeds may send in. */
beforeAll(async () => {
  scene = await houseScene();
  // Nobody listens there, so that every message is kept.
  await post('/v1/webhooks', {
    url: 'http://127.0.0.1:9/hook',
    events: ['corridor.status.changed', 'claim.recorded'],
  });
  await send('PUT', '/v1/publishers/Valley Herald', { reliability: 'B', kind: 'news', country: null });
  const [first, second] = [await statement(1, 'blocked'), await statement(2, 'blocked')];
  await statement(3, 'open');
  await scene.settled();
  const [claim] = first.claims;
  await post(`/v1/claims/${claim!.claimId}/review`, { decision: 'confirm', reviewer: 'Desk' });
  await post(`/v1/claims/${second.claims[0]!.claimId}/review`, { decision: 'reject', reviewer: 'Desk' });
  const assessment = { status: 'restricted', validFrom: '2023-01-18', reason: 'Seen.', assessor: 'Desk' };
  const assessments = '/v1/corridors/lachin-corridor/assessments';
  const { assessmentId } = await post<{ assessmentId: string }>(assessments, {
    ...assessment,
    evidence: { claims: [claim!.claimId] },
  });
  await scene.settled();
  await post(`/v1/assessments/${assessmentId}/withdrawal`, { reason: 'Seen wrongly.', assessor: 'Desk' });
  await post(assessments, { ...assessment, evidence: { urls: ['https://example.org/seen'] } });
  await send('PUT', '/v1/publishers/Valley Herald', { reliability: 'D', kind: 'news', country: null });
  await post('/v1/sources', {
    feedUrl: 'http://127.0.0.1:9/feed',
    publisher: 'Valley Herald',
    everyMinutes: 60,
  });
  await post(`/v1/statements/${second.statementId}/retraction`, { reason: 'It was about another road.' });
  await post(`/v1/statements/${first.statementId}/redaction`, {
    reason: 'It names a person.',
    requestedBy: 'Desk',
  });
  await statement(4, 'blocked');
  await scene.settled();
}, 120_000);

afterAll(() => scene.close());

interface Received {
  readonly statementId: string;
  readonly claims: readonly { readonly claimId: string }[];
}

async function send<Body = Record<string, unknown>>(
  method: 'GET' | 'POST' | 'PUT',
  url: string,
  payload?: object,
): Promise<Body> {
  const { status, body } = await scene.send<Body>(method, url, payload);
  if (status > 202) throw new Error(`${url} answers ${status}: ${JSON.stringify(body)}`);
  return body;
}

const post = <Body = Record<string, unknown>>(url: string, payload: object) =>
  send<Body>('POST', url, payload);

function statement(day: number, status: 'open' | 'blocked'): Promise<Received> {
  const words =
    status === 'open'
      ? 'The Lachin corridor is open again, and traffic has resumed in both directions'
      : 'The Lachin corridor has been blocked since 12 December 2022';
  return post<Received>('/v1/statements', {
    publisher: 'Valley Herald',
    publishedAt: `2023-01-2${day}T17:00:00Z`,
    language: 'en',
    about: ['lachin-corridor'],
    body: `${words}, the Red Cross said on day ${day}.`,
  });
}

async function replay(input: object = {}): Promise<ReplayView> {
  const { id } = await post<ReplayView>('/v1/audit/replays', input);
  return until(
    'the replay has ended',
    async () => {
      const view = await send<ReplayView>('GET', `/v1/audit/replays/${id}`);
      return view.state !== 'running' && view;
    },
    { withinMs: 30_000 },
  );
}

/** What a replay must not touch. */
async function effects(): Promise<unknown> {
  const { rows } = await scene.owner.query(`
    SELECT (SELECT position FROM ledger.head) AS head,
      (SELECT json_agg(json_build_array(m.delivery_id, m.event_id) ORDER BY m.delivery_id) FROM notification.message AS m) AS messages`);
  return rows[0];
}

it('is identical, in both schemas, and neither appends nor sends anything', async () => {
  const before = await effects();
  const view = await replay();
  expect(view).toMatchObject({ state: 'identical', progress: 1, differences: [], requestedBy: 'admin' });
  expect(view.parts.map(({ schema, state }) => `${schema} ${state}`)).toEqual([
    'blockade_status identical',
    'ingestion identical',
  ]);
  const empty = view.tables.filter(({ rows }) => rows === 0).map(({ schema, table }) => `${schema}.${table}`);
  expect(empty).toEqual(['ingestion.supersession']);
  expect(view.leftOut.map(({ table }) => table)).toContain('received_bytes');
  expect(await effects()).toEqual(before);
});

it('holds as of every position', async () => {
  const { rows } = await scene.owner.query<{ position: string }>('SELECT position FROM ledger.head');
  for (let toPosition = 1; toPosition <= Number(rows[0]?.position); toPosition += 5) {
    const { state, differences } = await replay({ toPosition });
    expect([toPosition, state, differences]).toEqual([toPosition, 'identical', []]);
  }
}, 120_000);

it('finds what was edited and taken away in the lists of the intake', async () => {
  const { rows } = await scene.owner.query<{ claim_id: string }>(
    `UPDATE ingestion.claim SET review = 'rejected' WHERE review = 'confirmed' RETURNING claim_id`,
  );
  const { rows: taken } = await scene.owner.query<{ statement_id: string }>(
    'DELETE FROM ingestion.retraction RETURNING *',
  );
  const view = await replay();
  expect(view.state).toBe('different');
  expect(view.differences).toEqual([
    {
      kind: 'row_missing',
      schema: 'ingestion',
      table: 'retraction',
      key: { statement_id: taken[0]?.statement_id },
    },
    {
      kind: 'row_differs',
      schema: 'ingestion',
      table: 'claim',
      key: { claim_id: rows[0]?.claim_id },
      columns: [{ column: 'review', path: '', live: 'rejected', replayed: 'confirmed' }],
    },
  ]);
});

it('heals that by a switch, under the eyes of readers, and what comes later is projected as before', async () => {
  const stopped = new AbortController();
  const answers: unknown[] = [];
  const paths = ['status', 'timeline', 'changes', 'claims?limit=5', 'positions'].map(
    (path) => `/v1/corridors/lachin-corridor/${path}`,
  );
  const read = async (): Promise<void> => {
    while (!stopped.signal.aborted)
      for (const path of [...paths, '/v1/statements?corridor=lachin-corridor', '/v1/corridors']) {
        const { status, body } = await scene.send<{ items?: unknown[] }>('GET', path);
        if (status !== 200 || body.items?.length === 0) answers.push([path, status, body]);
      }
  };
  const write = async (): Promise<void> => {
    for (let index = 0; !stopped.signal.aborted; index += 1)
      await post('/v1/statements', {
        publisher: 'Road Courier',
        publishedAt: '2023-02-20T17:00:00Z',
        language: 'en',
        about: ['lachin-corridor'],
        body: `The Lachin corridor is ${index % 2 === 0 ? 'open' : 'blocked'}, the Red Cross said in note ${index}.`,
      });
  };
  const busy = [read(), read(), write()];
  const switched = [await replay({ switch: true }), await replay({ switch: true })];
  stopped.abort();
  await Promise.all(busy);
  expect(switched.map(({ parts }) => parts.every(({ switchedAt }) => switchedAt !== null))).toEqual([
    true,
    true,
  ]);
  expect(switched[1]).toMatchObject({ state: 'identical' });
  expect(answers).toEqual([]);
  await statement(5, 'blocked');
  await scene.settled();
  expect(await replay()).toMatchObject({ state: 'identical', differences: [] });
  const { rows } = await scene.owner.query(`
    SELECT nspname, count(*) FROM pg_class JOIN pg_namespace AS n ON n.oid = relnamespace
    WHERE nspname LIKE '%\\_rebuild' OR nspname LIKE '%\\_before' GROUP BY 1`);
  expect(rows).toEqual([]);
}, 120_000);

describe('while another one is under way', () => {
  let id: string;
  beforeAll(async () => {
    // Nobody hosts it, so that its part waits.
    await scene.owner.query(`INSERT INTO replay.replayable VALUES ('nobody')`);
    ({ id } = await post<ReplayView>('/v1/audit/replays', {}));
  });
  afterAll(() => scene.owner.query(`DELETE FROM replay.replayable WHERE schema_name = 'nobody'`));

  it('is refused, with the id of that one', async () => {
    const { status, body } = await scene.send('POST', '/v1/audit/replays');
    expect(status).toBe(409);
    expect(body).toMatchObject({
      type: 'urn:corridor-watch:problem:replay_under_way',
      detail: expect.stringContaining(id) as string,
    });
  });

  it('can be asked for again when that one was cancelled', async () => {
    const { status } = await scene.send('POST', `/v1/audit/replays/${id}/cancel`);
    expect(status).toBe(200);
    await until('it is cancelled', async () => {
      const { state } = await send<ReplayView>('GET', `/v1/audit/replays/${id}`);
      return state === 'cancelled';
    });
    await scene.owner.query(`DELETE FROM replay.replayable WHERE schema_name = 'nobody'`);
    expect(await replay()).toMatchObject({ state: 'identical' });
  });
});

it('lists replays, the latest first, page by page', async () => {
  const { body: first, headers } = await scene.send<{ items: ReplayView[]; next: string }>(
    'GET',
    '/v1/audit/replays?limit=2',
  );
  expect(first.items).toHaveLength(2);
  expect(headers['link']).toContain('rel="next"');
  const second = await send<{ items: ReplayView[] }>(
    'GET',
    `/v1/audit/replays?limit=2&cursor=${encodeURIComponent(first.next)}`,
  );
  const times = [...first.items, ...second.items].map(({ requestedAt }) => requestedAt);
  expect(times).toEqual(times.toSorted().toReversed());
});

it.each([
  ['a negative position', { toPosition: -1 }, 'invalid_input', '/toPosition'],
  ['position 0', { toPosition: 0 }, 'invalid_input', '/toPosition'],
  ['a huge position', { toPosition: 1e300 }, 'invalid_input', '/toPosition'],
  ['a position that is no number', { toPosition: '7' }, 'invalid_input', '/toPosition'],
  ['a position beyond the head', { toPosition: 1_000_000 }, 'replay_beyond_head', '/toPosition'],
  ['a switch to a part', { toPosition: 3, switch: true }, 'partial_switch', '/switch'],
  ['a switch that is neither true nor false', { switch: 'yes' }, 'invalid_input', '/switch'],
  ['an unknown field', { to: 3 }, 'invalid_input', '/to'],
])('refuses %s, naming the field', async (_what, input, code, pointer) => {
  const { status, body } = await scene.send('POST', '/v1/audit/replays', input);
  expect({ status, body }).toMatchObject({
    status: 400,
    body: { type: `urn:corridor-watch:problem:${code}`, errors: [{ pointer }] },
  });
});

it('knows no other replay', async () => {
  const unknown = await scene.send('GET', '/v1/audit/replays/2f1f4f0c-4f7e-4c8e-9f0e-0f4f7e4c8e9f');
  expect(unknown).toMatchObject({ status: 404, body: { type: 'urn:corridor-watch:problem:no_such_replay' } });
  expect((await scene.send('GET', '/v1/audit/replays/latest')).status).toBe(400);
});

it('needs the scope of auditors, and an admin for a switch', async () => {
  const { key } = await post<{ key: string }>('/v1/keys', { name: 'auditor', scopes: ['audit:read'] });
  const { key: other } = await post<{ key: string }>('/v1/keys', { name: 'desk', scopes: ['claims:review'] });
  const asked = async (token: string, input: object) =>
    (await scene.send('POST', '/v1/audit/replays', input, { authorization: `Bearer ${token}` })).status;
  expect(await asked(other, {})).toBe(403);
  expect(await asked(key, { switch: true })).toBe(403);
  expect(await asked(key, { toPosition: 1 })).toBe(202);
});

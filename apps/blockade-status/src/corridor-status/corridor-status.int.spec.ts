import { allLanes, laneOf } from '#feed';
import { amended, coded, lapsed, registered, retracted, statementIdOf, told } from '../../test/reports.ts';
import { statusScene, type StatusScene } from '../../test/status-scene.ts';

interface Status {
  readonly status: string;
  readonly since: string | null;
  readonly days: number | null;
  readonly stale: boolean;
  readonly explanation?: readonly string[];
  readonly evidence: readonly { statementId: string; stance: string; weight: number; quote: string }[];
  readonly asOf: { position: number; recordedAt: string };
}

let scene: StatusScene;
let corridor: string;
let made = 0;

beforeAll(async () => {
  scene = await statusScene();
});

// Each test has a corridor of its own, so that none sees another's evidence.
beforeEach(async () => {
  corridor = `heron-pass-${++made}`;
  await scene.record(registered(corridor));
});

afterAll(() => scene.close());

const named = (name: string) => `${corridor} ${name}`;
const blocked = (name: string, on: string) => coded({ name: named(name), corridor, on, status: 'blocked' });
const opened = (name: string, on: string) => coded({ name: named(name), corridor, on, status: 'open' });

/** Without its checkpoint, which comes within a second: audit.int.spec.ts. */
async function status(query = ''): Promise<Status> {
  const answer = await scene.get<Status & { checkpoint: unknown }>(
    `/v1/corridors/${corridor}/status${query}`,
  );
  expect(answer).toMatchObject({ status: 200 });
  const { checkpoint: _checkpoint, ...body } = answer.body;
  return body;
}

async function decisions() {
  await scene.settled();
  const { position } = await scene.ledger.head();
  const events = await scene.ledger.read({
    after: 0,
    through: position,
    limit: 10_000,
    types: ['CorridorStatusChanged'],
  });
  return events.filter(({ key }) => key === corridor);
}

it('is the baseline until something is reported', async () => {
  await scene.settled();
  expect(await status()).toMatchObject({
    status: 'open',
    since: '2020-01-01',
    stale: false,
    evidence: [],
    rule: 'status-rules/2',
  });
  expect(await decisions()).toEqual([]);
});

it('follows a report, with the sentence that tells it, and records the decision with its cause', async () => {
  const [report] = await scene.record(blocked('report', '2022-12-12'));
  const changes = await decisions();
  expect(await status('?validAt=2022-12-15')).toMatchObject({
    status: 'blocked',
    since: '2022-12-12',
    days: 3,
    stale: false,
    validAt: '2022-12-15',
    evidence: [
      {
        stance: 'for',
        statementId: statementIdOf(named('report')),
        quote: 'ICRC said that the pass is blocked.',
      },
    ],
  });
  expect(changes).toMatchObject([
    {
      actor: 'blockade-status',
      causationId: report?.eventId,
      correlationId: report?.correlationId,
      validFrom: '2022-12-12',
      payload: {
        from: 'open',
        to: 'blocked',
        causedBy: report?.position,
        rule: 'status-rules/2',
        evidence: [{ statementId: statementIdOf(named('report')), stance: 'for' }],
      },
    },
  ]);
});

it('decides nothing when a second report says the same', async () => {
  await scene.record(blocked('first', '2022-12-12'), blocked('second', '2022-12-13'));
  expect(await decisions()).toHaveLength(1);
});

it('goes back when the only report is retracted, and says which retraction did it', async () => {
  await scene.record(blocked('report', '2022-12-12'));
  const [retraction] = await scene.record(retracted(named('report'), corridor));
  const changes = await decisions();
  expect(changes.map(({ payload }) => payload)).toMatchObject([
    { from: 'open', to: 'blocked' },
    { from: 'blocked', to: 'open', causedBy: retraction?.position, evidence: [] },
  ]);
  expect(changes[1]?.causationId).toBe(retraction?.eventId);
  expect(await status('?validAt=2022-12-15')).toMatchObject({ status: 'open', evidence: [] });
});

it('answers about any day, before the evidence and after it', async () => {
  await scene.record(blocked('shut', '2022-12-12'), opened('open', '2023-03-10'));
  await scene.settled();
  expect(await status('?validAt=2022-12-11')).toMatchObject({ status: 'open', evidence: [] });
  expect(await status('?validAt=2022-12-12')).toMatchObject({ status: 'blocked' });
  expect(await status('?validAt=2023-03-12T23:30:00Z')).toMatchObject({
    status: 'open',
    validAt: '2023-03-12',
  });
});

it('never changes what was known then, whatever comes later', async () => {
  await scene.record(blocked('shut', '2022-12-12'));
  const then = await scene.settled();
  const question = `?validAt=2022-12-20&knownAt=${then}`;
  const answers = [await status(question)];

  await scene.record(opened('late', '2022-12-13'));
  await scene.settled();
  answers.push(await status(question));
  await scene.record(retracted(named('shut'), corridor), amended(corridor, { name: 'Crane Pass' }));
  await scene.settled();
  answers.push(await status(question));

  expect(answers[0]).toMatchObject({ status: 'blocked', name: 'Heron Pass', asOf: { position: then } });
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
  expect(await status('?validAt=2022-12-20')).toMatchObject({ status: 'open', name: 'Crane Pass' });
});

it('gives the same answer by the instant and by the position that it stands for', async () => {
  await scene.record(blocked('shut', '2022-12-12'));
  const then = await scene.settled();
  const byPosition = await status(`?validAt=2022-12-20&knownAt=${then}`);
  await scene.record(opened('late', '2022-12-13'));
  await scene.settled();
  const { recordedAt } = byPosition.asOf;
  expect(await status(`?validAt=2022-12-20&knownAt=${recordedAt}`)).toEqual(byPosition);
});

it('asks to come back, rather than answer by halves, while what was known then is still being applied', async () => {
  await scene.record(blocked('shut', '2022-12-12'));
  const then = await scene.settled();
  // As a projection stands that has not come that far.
  await scene.pool.query('UPDATE blockade_status.checkpoint SET position = 0, epoch = epoch + 1');
  const behind = await scene.get(`/v1/corridors/${corridor}/status?knownAt=${then}`);
  expect(behind).toMatchObject({
    status: 503,
    body: { type: 'urn:corridor-watch:problem:projection_behind' },
  });
  await scene.pool.query('UPDATE blockade_status.checkpoint SET position = $1 WHERE lane = ANY($2)', [
    then,
    allLanes,
  ]);
  expect(await status(`?knownAt=${then}`)).toMatchObject({ status: 'blocked' });
});

it('marks a status of which nothing was heard for a fortnight, once an event tells that the time has passed', async () => {
  await scene.record(blocked('shut', '2022-12-12'));
  const before = await scene.settled();
  expect(await status()).toMatchObject({ status: 'blocked', confidence: 'high', stale: false });
  await scene.record(lapsed(corridor, '2022-12-27', '2022-12-12'));
  const after = await scene.settled();
  const fallen = { status: 'blocked', confidence: 'moderate', stale: true };
  expect(await status('?validAt=2022-12-26')).toMatchObject({ status: 'blocked', stale: false });
  expect(await status('?validAt=2022-12-27')).toMatchObject(fallen);
  expect(await status()).toMatchObject(fallen);
  expect(await status(`?knownAt=${after}`)).toEqual(await status());
  expect(await status(`?knownAt=${before}`)).toMatchObject({ confidence: 'high', stale: false });
  await scene.record(lapsed(corridor, '2023-01-10', '2022-12-12', 'unknown'));
  await scene.settled();
  expect(await status()).toMatchObject({ status: 'unknown', since: '2023-01-10', stale: true });
  expect(await status('?validAt=2023-01-09')).toMatchObject(fallen);
});

it('tells of a flow what it tells of the headline', async () => {
  await scene.record(
    blocked('shut', '2022-12-12'),
    told(
      { name: named('convoy'), corridor, on: '2022-12-13' },
      { type: 'incident', status: null, effect: 'passed', flows: ['aid_cargo'], quote: 'A convoy passed.' },
    ),
  );
  await scene.settled();
  expect(await status('?validAt=2022-12-14')).toMatchObject({
    flows: { civilians: 'blocked', aid_cargo: 'restricted' },
    lastEvidenceAt: '2022-12-13',
  });
  const flow = await status('?validAt=2022-12-14&flow=aid_cargo');
  expect(flow).toMatchObject({ status: 'restricted', since: '2022-12-13' });
  expect(flow.evidence[0]).toMatchObject({ stance: 'for', weight: 1, quote: 'A convoy passed.' });
  expect(await status('?validAt=2022-12-14&flow=civilians')).toMatchObject({ status: 'blocked' });
});

it('explains a status in words, when asked to', async () => {
  await scene.record(blocked('shut', '2022-12-12'));
  await scene.settled();
  const { explanation, ...explained } = await status('?validAt=2022-12-15&explain=true');
  expect(explanation?.join(' ')).toContain('blocked');
  expect(explained).toEqual(await status('?validAt=2022-12-15&explain=false'));
});

it('answers 304 to a reader who has the answer already, until an event changes it', async () => {
  await scene.record(blocked('shut', '2022-12-12'));
  await scene.settled();
  const url = `/v1/corridors/${corridor}/status?validAt=2022-12-15`;
  await scene.published();
  const { etag } = await scene.get(url);
  const held = { 'if-none-match': etag ?? '' };
  expect(await scene.get(url, held)).toMatchObject({ status: 304 });
  await scene.record(opened('open', '2022-12-14'));
  await scene.settled();
  expect(await scene.get(url, held)).toMatchObject({ status: 200 });
});

it('answers anew after every event, and on another day, though it keeps what it answered before', async () => {
  await scene.record(blocked('shut', '2022-12-12'));
  await scene.settled();
  const first = await status('?validAt=2022-12-15');
  expect(await status('?validAt=2022-12-15')).toEqual(first);
  expect(await status('?validAt=2022-12-16')).toMatchObject({ validAt: '2022-12-16', days: 4 });
  const repeated = await scene.record(blocked('says the same', '2022-12-12'));
  await scene.settled();
  const second = await status('?validAt=2022-12-15');
  expect(second.evidence).toHaveLength(2);
  expect(second.asOf.position).toBe(repeated[0]?.position);
});

it('answers what another instance wrote, at the same position, too', async () => {
  await scene.record(blocked('shut', '2022-12-12'));
  await scene.settled();
  const before = await status('?validAt=2022-12-15');
  await scene.pool.query(
    `UPDATE blockade_status.corridor SET rule = 'status-rules/of-another-release' WHERE corridor = $1`,
    [corridor],
  );
  expect(await status('?validAt=2022-12-15')).toEqual({ ...before, rule: 'status-rules/of-another-release' });
});

it('tells the position that an event of a neighbour in its lane moved', async () => {
  await scene.record(blocked('shut', '2022-12-12'));
  await scene.settled();
  const before = await status('?validAt=2022-12-15');
  const [moved] = await scene.record(registered(neighbourOf(corridor)));
  await scene.settled();
  const asOf = { position: moved?.position, recordedAt: moved?.recordedAt };
  expect(await status('?validAt=2022-12-15')).toEqual({ ...before, asOf });
});

function neighbourOf(of: string): string {
  const names = Array.from({ length: 10_000 }, (_, index) => `${of}-neighbour-${index}`);
  return names.find((name) => laneOf(name) === laneOf(of)) ?? '';
}

describe('tells the timeline', () => {
  beforeEach(async () => {
    await scene.record(blocked('shut', '2022-12-12'), opened('open', '2023-01-05'));
    await scene.settled();
  });

  const timeline = (query: string) =>
    scene.get<{ items: Record<string, unknown>[]; next: string | null }>(
      `/v1/corridors/${corridor}/timeline${query}`,
    );

  it('in segments that leave no day out', async () => {
    const { body } = await timeline('?to=2023-01-31');
    const runs = body.items.map(({ from, to, status: held }) => [from, to, held]);
    expect(runs[0]).toEqual(['2020-01-01', '2022-12-11', 'open']);
    expect(runs).toContainEqual(['2022-12-12', expect.any(String), 'blocked']);
    expect(runs.at(-1)).toEqual([expect.any(String), '2023-01-31', 'open']);
    for (const [index, [from]] of runs.entries()) {
      if (index === 0) continue;
      expect(Date.parse(String(from)) - Date.parse(String(runs[index - 1]?.[1]))).toBe(86_400_000);
    }
  });

  it('day by day, in pages', async () => {
    const range = '?from=2022-12-10&to=2022-12-14&resolution=day';
    const whole = (await timeline(range)).body.items;
    expect(whole.map(({ day, status: held }) => [day, held])).toEqual([
      ['2022-12-10', 'open'],
      ['2022-12-11', 'open'],
      ['2022-12-12', 'blocked'],
      ['2022-12-13', 'blocked'],
      ['2022-12-14', 'blocked'],
    ]);
    const first = (await timeline(`${range}&limit=3`)).body;
    const second = (await timeline(`${range}&limit=3&cursor=${first.next ?? ''}`)).body;
    expect([...first.items, ...second.items]).toEqual(whole);
    expect(second.next).toBeNull();
  });

  it('and refuses a range beyond a century, naming the field', async () => {
    expect(await timeline('?from=1900-01-01&to=2023-01-01')).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/from' }] },
    });
  });
});

it.each([
  ['validAt=yesterday', 400, '/validAt'],
  ['knownAt=0', 400, '/knownAt'],
  ['knownAt=0000-01-01', 400, '/knownAt'],
  ['flow=civilians&colour=red', 400, '/colour'],
  ['flow=boats', 400, '/flow'],
  ['explain=perhaps', 400, '/explain'],
  ['validAt=2999-01-01', 400, '/validAt'],
  ['validAt=2019-12-31', 400, '/validAt'],
  ['knownAt=2999-01-01', 400, '/knownAt'],
  ['knownAt=100000', 400, '/knownAt'],
])('refuses ?%s', async (query, code, pointer) => {
  await scene.settled();
  const answer = await scene.get<{ errors: { pointer: string }[] }>(
    `/v1/corridors/${corridor}/status?${query}`,
  );
  expect(answer.status).toBe(code);
  expect(answer.body.errors.map((fault) => fault.pointer)).toContain(pointer);
});

it('refuses a position that the ledger has not reached, and tells a corridor that was not known then from one that never was', async () => {
  const position = await scene.settled();
  const kinds = await Promise.all([
    scene.get(`/v1/corridors/${corridor}/status?knownAt=${position + 1_000}`),
    scene.get(`/v1/corridors/${corridor}/status?knownAt=1900-01-01`),
    scene.get('/v1/corridors/nowhere/status'),
    scene.get('/v1/corridors/nowhere/status?knownAt=1'),
    scene.get('/v1/corridors/nowhere/timeline'),
    scene.get('/v1/corridors/nowhere'),
  ]);
  expect(kinds.map(({ status: code, body }) => [code, String(body['type']).split(':').at(-1)])).toEqual([
    [400, 'future_position'],
    [404, 'corridor_not_known_then'],
    [404, 'no_such_corridor'],
    [404, 'no_such_corridor'],
    [404, 'no_such_corridor'],
    [404, 'no_such_corridor'],
  ]);
});

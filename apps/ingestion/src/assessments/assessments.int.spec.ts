import { randomUUID } from 'node:crypto';
import { localDay } from '#status';
import { ingestionScene, type IngestionScene } from '../../test/ingestion-scene.ts';
import { type AssessmentView } from './assessment.view.ts';

interface Refusal {
  readonly type: string;
  readonly errors?: readonly { readonly pointer: string }[];
}

let scene: IngestionScene;
let made = 0;
let corridor: string;

beforeAll(async () => {
  scene = await ingestionScene();
});

beforeEach(async () => {
  corridor = `heron-pass-${++made}`;
  await scene.send('PUT', `/v1/corridors/${corridor}`, {
    name: `Heron Pass ${made}`,
    // The first zone of the world to have a new day.
    timezone: 'Pacific/Kiritimati',
    baseline: { status: 'open', since: '2020-11-10' },
  });
});

afterAll(() => scene.close());

const judgement = {
  status: 'restricted',
  flows: { civilians: 'blocked' },
  validFrom: '2023-01-20',
  reason: 'Our driver saw the gate open for the sick alone.',
  evidence: { urls: ['https://desk.example/log/7'] },
  assessor: 'Access desk',
};

const assess = <Body = AssessmentView>(more: object = {}, headers: Record<string, string> = {}) =>
  scene.send<Body>('POST', `/v1/corridors/${corridor}/assessments`, { ...judgement, ...more }, headers);

const withdraw = <Body = AssessmentView>(id: string, more: object = {}) =>
  scene.send<Body>('POST', `/v1/assessments/${id}/withdrawal`, {
    reason: 'It was another gate.',
    assessor: 'Second desk',
    ...more,
  });

const list = async (query = '') =>
  (
    await scene.send<{ items: AssessmentView[]; next: string | null }>(
      'GET',
      `/v1/corridors/${corridor}/assessments${query}`,
    )
  ).body;

async function claimAbout(about: string): Promise<string> {
  const statement = { publisher: 'Valley Herald', publishedAt: '2023-01-20', about: [about] };
  const body = `On Friday the Heron Pass ${about} is blocked.`;
  const coded = await scene.send<{ statementId: string }>('POST', '/v1/statements', { ...statement, body });
  const { body: claim } = await scene.send<{ claimId: string }>(
    'POST',
    `/v1/statements/${coded.body.statementId}/claims`,
    { corridor: about, type: 'impact', speaker: 'Valley Herald', quote: body, reviewer: 'Access desk' },
  );
  return claim.claimId;
}

it('records what a person judges, and answers where it stands', async () => {
  const { status, body } = await assess();
  expect(status).toBe(201);
  expect(body).toMatchObject({ ...judgement, corridor, state: 'standing', withdrawal: null });
  const [event] = await scene.ledger.read({ after: body.position - 1, limit: 1 });
  expect(event).toMatchObject({
    type: 'StatusAssessed',
    key: corridor,
    validFrom: '2023-01-20',
    payload: { assessmentId: body.assessmentId, evidence: { claims: [], urls: judgement.evidence.urls } },
  });
});

it('speaks of today at the corridor where no day is given', async () => {
  const before = localDay(new Date(), 'Pacific/Kiritimati');
  const { body } = await assess({ validFrom: null });
  const after = localDay(new Date(), 'Pacific/Kiritimati');
  expect([before, after]).toContain(body.validFrom);
});

it('goes by a claim that was answered a moment ago', async () => {
  const claims = [await claimAbout(corridor)];
  expect(await assess({ evidence: { claims } })).toMatchObject({
    status: 201,
    body: { evidence: { claims } },
  });
  await scene.settled();
  expect(await assess({ evidence: { claims } })).toMatchObject({ status: 201 });
});

it('refuses claims of another corridor, and those that nobody knows, by their place', async () => {
  await scene.send('PUT', '/v1/corridors/valley-road', { name: 'Valley road' });
  const claims = [await claimAbout(corridor), await claimAbout('valley-road'), randomUUID()];
  const head = await scene.ledger.head();
  expect(await assess<Refusal>({ evidence: { claims } })).toMatchObject({
    status: 422,
    body: {
      type: 'urn:corridor-watch:problem:unknown_evidence',
      errors: [{ pointer: '/evidence/claims/1' }, { pointer: '/evidence/claims/2' }],
    },
  });
  expect(await scene.ledger.head()).toEqual(head);
});

it.each([
  ['a day that has not come', '/validFrom', { validFrom: '9000-01-01' }],
  ['a day before the baseline', '/validFrom', { validFrom: '2020-11-09' }],
  ['no day', '/validFrom', { validFrom: 'yesterday' }],
  ['no reason', '/reason', { reason: undefined }],
  ['an empty reason', '/reason', { reason: '  ' }],
  ['no evidence', '/evidence', { evidence: {} }],
  ['evidence that is no address', '/evidence/urls/0', { evidence: { urls: ['our log'] } }],
  ['nobody who assesses', '/assessor', { assessor: undefined }],
  ['an unknown status', '/status', { status: 'shut' }],
  ['an unknown flow', '/flows/tourists', { flows: { tourists: 'open' } }],
  ['an unknown status of a flow', '/flows/staff', { flows: { staff: 'shut' } }],
  ['an unknown field', '/confidence', { confidence: 'high' }],
])('refuses an assessment with %s by the name of its field', async (_, pointer, more) => {
  const head = await scene.ledger.head();
  const { status, body } = await assess<Refusal>(more);
  expect([status, body.errors?.map((fault) => fault.pointer)]).toEqual([400, [pointer]]);
  expect(await scene.ledger.head()).toEqual(head);
});

it('knows no corridor that is not registered', async () => {
  corridor = 'nowhere';
  const refusal = { status: 404, body: { type: 'urn:corridor-watch:problem:no_such_corridor' } };
  expect(await assess()).toMatchObject(refusal);
  expect(await scene.send('GET', `/v1/corridors/${corridor}/assessments`)).toMatchObject(refusal);
});

it('records an assessment once that is sent twice under one Idempotency-Key', async () => {
  const headers = { 'idempotency-key': randomUUID() };
  const first = await assess({}, headers);
  const head = await scene.ledger.head();
  const second = await assess({}, headers);
  expect(second.body).toEqual(first.body);
  expect(await scene.ledger.head()).toEqual(head);
});

it('withdraws an assessment for its corridor, once, with who did and why', async () => {
  const { body: assessed } = await assess();
  const withdrawn = await withdraw(assessed.assessmentId);
  expect(withdrawn).toMatchObject({
    status: 200,
    body: { state: 'withdrawn', withdrawal: { reason: 'It was another gate.', assessor: 'Second desk' } },
  });
  const head = await scene.ledger.head();
  expect((await scene.ledger.read({ after: head.position - 1, limit: 1 }))[0]).toMatchObject({
    type: 'AssessmentWithdrawn',
    key: corridor,
  });
  const { status, body } = await withdraw(assessed.assessmentId, { reason: 'Twice is safer.' });
  expect({ status, body }).toEqual({ status: withdrawn.status, body: withdrawn.body });
  expect(await scene.ledger.head()).toEqual(head);
  expect((await scene.send('GET', `/v1/assessments/${assessed.assessmentId}`)).body).toEqual(withdrawn.body);
});

it('cannot withdraw what was never assessed, nor without a reason', async () => {
  expect(await withdraw<Refusal>(randomUUID())).toMatchObject({
    status: 404,
    body: { type: 'urn:corridor-watch:problem:unknown_assessment' },
  });
  const { body } = await assess();
  expect(await withdraw<Refusal>(body.assessmentId, { reason: '' })).toMatchObject({
    status: 400,
    body: { errors: [{ pointer: '/reason' }] },
  });
});

it('lists the assessments of a corridor, the latest first, page by page, and by how they stand', async () => {
  const ids: string[] = [];
  for (const status of ['open', 'blocked', 'unknown'])
    ids.unshift((await assess({ status })).body.assessmentId);
  await withdraw(ids[1]!);
  await scene.settled();
  const first = await list('?limit=2');
  const second = await list(`?limit=2&cursor=${first.next ?? ''}`);
  expect([...first.items, ...second.items].map(({ assessmentId }) => assessmentId)).toEqual(ids);
  expect(second.next).toBeNull();
  const idsOf = async (state: string) =>
    (await list(`?state=${state}`)).items.map(({ assessmentId }) => assessmentId);
  expect(await idsOf('standing')).toEqual([ids[0], ids[2]]);
  expect(await idsOf('withdrawn')).toEqual([ids[1]]);
});

it('asks for the right to review, and lets everybody read', async () => {
  const { body } = await scene.send<{ key: string }>('POST', '/v1/keys', {
    name: 'sender',
    scopes: ['statements:write'],
  });
  const authorization = `Bearer ${body.key}`;
  expect((await assess({}, { authorization })).status).toBe(403);
  const url = `/v1/corridors/${corridor}/assessments`;
  expect((await scene.send('GET', url, undefined, { authorization: '' })).status).toBe(200);
});

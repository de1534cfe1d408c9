import { deriveId } from '#ledger';
import { ingestionScene, type IngestionScene } from '../../test/ingestion-scene.ts';

interface ClaimBody {
  readonly claimId: string;
  readonly corridor: string;
  readonly type: string;
  readonly status: string | null;
  readonly speaker: string;
  readonly state: string;
  readonly review: string;
  readonly revision: number;
  readonly quote: string;
  readonly confidence: number;
  readonly reviews: readonly { decision: string; reviewer: string; note: string | null }[];
}

interface Received {
  readonly statementId: string;
  readonly claims: readonly [ClaimBody, ...ClaimBody[]];
}

let scene: IngestionScene;
let editionCount = 0;

beforeAll(async () => {
  scene = await ingestionScene();
  await scene.send('PUT', '/v1/corridors/crane-pass', { name: 'Crane Pass' });
});

afterAll(() => scene.close());

/** A statement of its own for each test, since the same text is the same statement. */
async function receive(
  text = 'The Lachin corridor is blocked, the ICRC said.',
): Promise<Received & { body: string }> {
  const body = `${text} Edition ${++editionCount} of the Valley Herald.`;
  const answer = await scene.send<Received>('POST', '/v1/statements', {
    publisher: 'Valley Herald',
    publishedAt: '2023-01-20T17:00:00Z',
    about: ['lachin-corridor'],
    title: 'A title',
    body,
  });
  expect(answer.status).toBe(201);
  return { ...answer.body, body };
}

function review(claimId: string, input: object, headers: Record<string, string> = {}) {
  return scene.send<ClaimBody>(
    'POST',
    `/v1/claims/${claimId}/review`,
    { reviewer: 'Desk', ...input },
    headers,
  );
}

const typesOf = async (statementId: string) =>
  (await scene.ledger.readStream(`statement-${statementId}`)).map(({ type }) => type).slice(2);

it('judges a claim that was answered a moment ago, and shows who said what', async () => {
  const { statementId, claims } = await receive();
  const { claimId } = claims[0];
  const answer = await review(claimId, { decision: 'confirm', note: 'As it says.' });
  expect(answer).toMatchObject({
    status: 200,
    headers: { etag: '"2"' },
    body: {
      ...claims[0],
      review: 'confirmed',
      revision: 2,
      reviews: [{ decision: 'confirm', reviewer: 'Desk', note: 'As it says.', actor: 'admin' }],
    },
  });
  const statement = await scene.send<{ claims: ClaimBody[] }>('GET', `/v1/statements/${statementId}`);
  expect(statement.body.claims[0]).toEqual(answer.body);
  expect((await scene.send('GET', `/v1/claims/${claimId}`)).body).toMatchObject({
    ...answer.body,
    statementId,
    publisher: 'Valley Herald',
    title: 'A title',
    before: '',
    after: expect.stringContaining('Edition') as string,
  });
});

it('does once what is asked twice', async () => {
  const { statementId, claims } = await receive();
  const input = { decision: 'amend', amended: { status: 'restricted' } };
  const first = await review(claims[0].claimId, input);
  expect(await review(claims[0].claimId, input)).toMatchObject({ status: 200, body: first.body });
  expect(first.body).toMatchObject({ status: 'restricted', review: 'amended', confidence: 1 });
  expect(await typesOf(statementId)).toEqual(['ClaimReviewed']);
});

it('lets the second of two reviewers see the first', async () => {
  const { claims } = await receive();
  const { claimId } = claims[0];
  const ifMatch = { 'if-match': String((await scene.send('GET', `/v1/claims/${claimId}`)).headers['etag']) };
  const answers = await Promise.all([
    review(claimId, { decision: 'confirm', reviewer: 'One' }, ifMatch),
    review(claimId, { decision: 'reject', reviewer: 'Other' }, ifMatch),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  const refused = answers.find(({ status }) => status === 412);
  expect(refused?.body).toMatchObject({ type: 'urn:corridor-watch:problem:claim_changed' });
  const seen = await scene.send<ClaimBody>('GET', `/v1/claims/${claimId}`);
  expect(seen.body.reviews).toHaveLength(1);
  const again = await review(
    claimId,
    { decision: 'reject', reviewer: 'Third' },
    { 'if-match': String(seen.headers['etag']) },
  );
  expect(again.body).toMatchObject({ state: 'rejected', reviews: [{}, { reviewer: 'Third' }] });
});

it('moves a claim to the corridor that it is about', async () => {
  const { statementId, claims } = await receive();
  const input = { decision: 'amend', amended: { corridor: 'crane-pass' } };
  const moved = await review(claims[0].claimId, input);
  expect(moved.body).toMatchObject({ corridor: 'crane-pass', review: 'added', coder: 'hand' });
  expect((await review(claims[0].claimId, input)).body).toEqual(moved.body);
  expect((await scene.send('GET', `/v1/claims/${claims[0].claimId}`)).body).toMatchObject({
    state: 'rejected',
  });
  expect(await typesOf(statementId)).toEqual(['ClaimReviewed', 'ClaimAdded']);
});

it('takes a claim by hand, by its place or by its words', async () => {
  const { statementId, body } = await receive();
  const quote = 'the ICRC said.';
  const said = { corridor: 'lachin-corridor', type: 'impact', speaker: 'ICRC', reviewer: 'Desk' };
  const path = `/v1/statements/${statementId}/claims`;
  const first = await scene.send<ClaimBody>('POST', path, { ...said, quote });
  expect(first).toMatchObject({ status: 201, body: { quote, coder: 'hand', review: 'added', revision: 1 } });
  const start = body.indexOf(quote);
  const again = await scene.send<ClaimBody>('POST', path, { ...said, start, end: start + quote.length });
  expect(again).toMatchObject({ status: 200, body: first.body });
  expect(await typesOf(statementId)).toEqual(['ClaimAdded']);
});

it('takes and shows which traffic a claim by hand tells of, what happened to it, and by whom', async () => {
  const { statementId } = await receive();
  const passage = { flows: ['medical_evacuation', 'staff'], effect: 'passed', actor: 'ICRC' };
  const said = { type: 'incident', quote: 'the ICRC said.', reviewer: 'Desk', ...passage };
  const path = `/v1/statements/${statementId}/claims`;
  const { status, body } = await scene.send<ClaimBody>('POST', path, byHand(said));
  expect([status, body]).toEqual([201, expect.objectContaining(passage)]);
  expect((await scene.send('GET', `/v1/claims/${body.claimId}`)).body).toMatchObject(passage);
  expect(
    await review(body.claimId, { decision: 'amend', amended: { flows: [], effect: null } }),
  ).toMatchObject({ status: 200, body: { flows: [], effect: null, actor: null } });
});

it.each([
  ['/flows', 400, { flows: ['staff', 'staff'] }],
  ['/flows/1', 400, { flows: ['staff', 'tourists'] }],
  ['/effect', 400, { effect: 'vanished' }],
  ['/effect', 422, { effect: 'passed' }],
  ['/actor', 422, { type: 'incident', actor: 'ICRC' }],
])('refuses a claim by hand by the name of its faulty field: %s, %i', async (pointer, status, more) => {
  const { statementId } = await receive();
  const path = `/v1/statements/${statementId}/claims`;
  const said = byHand({ quote: 'the ICRC said.', reviewer: 'Desk', ...more });
  expect(await scene.send('POST', path, said)).toMatchObject({ status, body: { errors: [{ pointer }] } });
});

it('notes that a person has read all of a statement', async () => {
  const { statementId } = await receive();
  const path = `/v1/statements/${statementId}/review`;
  await scene.send('POST', path, { reviewer: 'Desk' });
  const { body } = await scene.send('POST', path, { reviewer: 'Desk' });
  expect(body).toMatchObject({ readBy: [{ reviewer: 'Desk', note: null, actor: 'admin' }] });
});

it.each<[string, (claimId: string) => readonly [string, object], number, string]>([
  [
    'a claim that nobody made',
    () => [`claims/${deriveId('none')}/review`, { decision: 'confirm' }],
    404,
    'unknown_claim',
  ],
  [
    'a claim by hand in an unknown statement',
    () => [`statements/${deriveId('none')}/claims`, byHand()],
    404,
    'unknown_statement',
  ],
  [
    'a reading of an unknown statement',
    () => [`statements/${deriveId('none')}/review`, {}],
    404,
    'unknown_statement',
  ],
  [
    'a corridor that is not registered',
    (id) => [`claims/${id}/review`, amend({ corridor: 'no-road' })],
    422,
    'unknown_corridor',
  ],
  [
    'a type without its status',
    (id) => [`claims/${id}/review`, amend({ status: null })],
    422,
    'invalid_claim',
  ],
  ['an amendment that amends nothing', (id) => [`claims/${id}/review`, amend({})], 400, 'invalid_input'],
  [
    'an amendment with a confirmation',
    (id) => [`claims/${id}/review`, { ...amend({ type: 'demand' }), decision: 'confirm' }],
    400,
    'invalid_input',
  ],
  ['an unknown field', (id) => [`claims/${id}/review`, amend({ colour: 'red' })], 400, 'invalid_input'],
  [
    'a place and a quote at once',
    () => [`statements/${deriveId('none')}/claims`, byHand({ start: 0, end: 3 })],
    400,
    'invalid_input',
  ],
  [
    'half a place',
    () => [`statements/${deriveId('none')}/claims`, byHand({ quote: undefined, start: 0 })],
    400,
    'invalid_input',
  ],
])('refuses %s', async (_what, request, status, code) => {
  const { claims } = await receive();
  const [path, input] = request(claims[0].claimId);
  const answer = await scene.send('POST', `/v1/${path}`, { reviewer: 'Desk', ...input });
  expect(answer).toMatchObject({ status, body: { type: `urn:corridor-watch:problem:${code}` } });
});

function amend(amended: object): object {
  return { decision: 'amend', amended };
}

function byHand(more: object = {}): object {
  return { corridor: 'lachin-corridor', type: 'impact', speaker: 'ICRC', quote: 'x', ...more };
}

describe('lists claims', () => {
  interface List {
    readonly items: readonly ClaimBody[];
    readonly next: string | null;
  }
  const mine = '&speaker=Lister';
  const list = async (query: string) => {
    const { status, body } = await scene.send<List>('GET', `/v1/claims?${query}${mine}`);
    expect(status).toBe(200);
    return body;
  };
  const quotes = ({ items }: List) => items.map(({ quote }) => quote);

  beforeAll(async () => {
    const texts = ['One.', 'Two.', 'Three.', 'Four.'];
    const { statementId } = await receive(texts.join(' '));
    for (const quote of texts) {
      const said = { corridor: 'crane-pass', type: 'incident', speaker: 'Lister', reviewer: 'Desk' };
      await scene.send('POST', `/v1/statements/${statementId}/claims`, { ...said, quote });
    }
    await scene.settled();
    const { items } = await list('');
    const idOf = (quote: string) => items.find((item) => item.quote === quote)?.claimId ?? '';
    await review(idOf('Two.'), { decision: 'reject' });
    await review(idOf('Three.'), { decision: 'amend', amended: { modality: 'future' } });
    await scene.settled();
  });

  it.each([
    ['', ['Three.', 'Two.', 'Four.', 'One.']],
    ['review=added', ['Four.', 'One.']],
    ['review=rejected', ['Two.']],
    ['review=amended', ['Three.']],
    ['review=pending', []],
    ['corridor=crane-pass&type=incident', ['Three.', 'Two.', 'Four.', 'One.']],
    ['corridor=lachin-corridor', []],
    ['type=demand', []],
    ['coder=hand', ['Three.', 'Two.', 'Four.', 'One.']],
    ['coder=rules/1', []],
  ])('for ?%s, the latest first', async (query, expected) => {
    expect(quotes(await list(query))).toEqual(expected);
  });

  it.each(['confidence', 'recorded'])('by %s in pages that give each of them once', async (sort) => {
    const seen: string[] = [];
    for (let cursor = '', pages = 0; pages < 5; pages += 1) {
      const { items, next } = await list(`sort=${sort}&limit=1${cursor}`);
      seen.push(...items.map(({ quote }) => quote));
      if (next === null) break;
      cursor = `&cursor=${next}`;
    }
    expect([...seen].sort()).toEqual(['Four.', 'One.', 'Three.', 'Two.']);
  });

  it('with the least certain first', async () => {
    await receive('France called for an immediate reopening of the Lachin corridor. The corridor is shut.');
    await scene.settled();
    const { body } = await scene.send<List>('GET', '/v1/claims?review=pending&sort=confidence');
    const certainties = body.items.map(({ confidence }) => confidence);
    expect(certainties.length).toBeGreaterThan(2);
    expect(certainties).toEqual(certainties.toSorted((one, other) => one - other));
  });

  it('and refuses a cursor of another order', async () => {
    const { next } = await list('sort=confidence&limit=1');
    expect((await scene.send('GET', `/v1/claims?sort=recorded&cursor=${next ?? ''}`)).status).toBe(400);
  });

  it('without those of a statement that was retracted', async () => {
    const { statementId, claims } = await receive();
    await scene.send('POST', `/v1/statements/${statementId}/retraction`, { reason: 'Hearsay.' });
    await scene.settled();
    const { body } = await scene.send<List>('GET', '/v1/claims?limit=1000');
    expect(body.items.map(({ claimId }) => claimId)).not.toContain(claims[0].claimId);
    expect(await review(claims[0].claimId, { decision: 'confirm' })).toMatchObject({ status: 409 });
  });
});

it('wants the scope claims:review of those who judge, and lets all read', async () => {
  const { claims } = await receive();
  const { body } = await scene.send<{ key: string }>('POST', '/v1/keys', {
    name: 'A feed',
    scopes: ['statements:write'],
  });
  const asFeed = { authorization: `Bearer ${body.key}` };
  expect(await review(claims[0].claimId, { decision: 'confirm' }, asFeed)).toMatchObject({ status: 403 });
  expect(await scene.send('GET', `/v1/claims/${claims[0].claimId}`, undefined, asFeed)).toMatchObject({
    status: 200,
  });
});

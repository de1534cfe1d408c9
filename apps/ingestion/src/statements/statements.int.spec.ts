import { createHash } from 'node:crypto';
import { ingestionScene, type IngestionScene } from '../../test/ingestion-scene.ts';

interface Received {
  readonly statementId: string;
  readonly duplicate: boolean;
  readonly position: number;
  readonly claims: readonly {
    claimId: string;
    corridor: string;
    start: number;
    end: number;
    quote: string;
  }[];
}

let scene: IngestionScene;

beforeAll(async () => {
  scene = await ingestionScene();
});

afterAll(() => scene.close());

const report = (body: string, more: object = {}) => ({
  publisher: 'Valley Herald',
  publishedAt: '2023-01-20T17:00:00Z',
  about: ['lachin-corridor'],
  body,
  ...more,
});

const receive = (body: string, more: object = {}) =>
  scene.send<Received>('POST', '/v1/statements', report(body, more));

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const typesOf = async (statementId: string) =>
  (await scene.ledger.readStream(`statement-${statementId}`)).map(({ type }) => type);

it('shows a statement with its custody, its claims and its history', async () => {
  const text = 'The Lachin corridor is blocked 🔥, the ICRC said.';
  const { body: received } = await receive(text, { title: 'A title', url: 'https://news.example/1' });
  const { status, body } = await scene.send('GET', `/v1/statements/${received.statementId}`);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    statementId: received.statementId,
    publisher: 'Valley Herald',
    publishedAt: '2023-01-20T17:00:00.000Z',
    title: 'A title',
    body: text,
    retracted: false,
    custody: {
      receivedFrom: 'admin',
      actor: 'admin',
      bytesOf: 'request',
      bytesSha256: sha256(JSON.stringify(report(text, { title: 'A title', url: 'https://news.example/1' }))),
      position: received.position,
    },
    claims: received.claims,
    history: [{ type: 'StatementReceived', position: received.position }, { type: 'StatementCoded' }],
  });
  expect(received.claims.length).toBeGreaterThan(0);
  for (const { quote, start, end } of received.claims) expect(text.slice(start, end)).toBe(quote);
});

it('takes the same text at the same time as one statement', async () => {
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => receive('The Lachin corridor is blocked, eight say at once.')),
  );
  expect(answers.filter(({ body }) => !body.duplicate)).toHaveLength(1);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 200, 200, 201]);
  const first = answers.find(({ body }) => !body.duplicate)?.body;
  for (const { body } of answers) expect(body).toEqual({ ...first, duplicate: body.duplicate });
  expect(await typesOf(first?.statementId ?? '')).toEqual(['StatementReceived', 'StatementCoded']);
});

it('takes the same text of another publisher as another statement', async () => {
  const text = 'The Lachin corridor is blocked, two say.';
  const one = await receive(text);
  const other = await receive(text, { publisher: 'Road Courier' });
  expect(other.status).toBe(201);
  expect(other.body.statementId).not.toBe(one.body.statementId);
});

it('retracts a statement once, and keeps it retracted when its text comes again', async () => {
  const text = 'The Lachin corridor is blocked, we said in error.';
  const { body: received } = await receive(text);
  const path = `/v1/statements/${received.statementId}/retraction`;
  const first = await scene.send('POST', path, { reason: 'Another road.' });
  expect(first.body).toMatchObject({ retracted: true });
  await scene.send('POST', path, { reason: 'Another road.' });
  expect(await receive(text)).toMatchObject({ status: 200, body: { duplicate: true } });
  expect(await typesOf(received.statementId)).toEqual([
    'StatementReceived',
    'StatementCoded',
    'StatementRetracted',
  ]);
});

it('records the grade that the publisher had when the statement came', async () => {
  const gradesOf = async (statementId: string) =>
    (await scene.ledger.readStream(`statement-${statementId}`)).flatMap((event) =>
      event.type === 'StatementCoded' ? [event.payload.grade] : [],
    );
  const text = (number: number) => `The Lachin corridor is blocked, edition ${number}.`;
  const before = await receive(text(1), { publisher: 'Grade/Me ü' });
  const grade = { reliability: 'B', kind: 'news', country: 'FR' };
  await scene.send('PUT', `/v1/publishers/${encodeURIComponent('Grade/Me ü')}`, grade);
  const after = await receive(text(2), { publisher: 'Grade/Me ü' });
  expect(await gradesOf(before.body.statementId)).toEqual([null]);
  expect(await gradesOf(after.body.statementId)).toEqual([grade]);
});

describe('lists statements', () => {
  interface List {
    readonly items: readonly { statementId: string; retracted: boolean; publishedAt: string }[];
    readonly next: string | null;
  }
  const names = new Map<string, string>();
  const list = async (query: string) => {
    const { status, body } = await scene.send<List>('GET', `/v1/statements?publisher=Lister&${query}`);
    expect(status).toBe(200);
    return body;
  };
  const named = ({ items }: List) => items.map(({ statementId }) => names.get(statementId));

  beforeAll(async () => {
    const texts = {
      blocked: ['The Lachin corridor is blocked, the ICRC said.', '2023-01-01'],
      denied: ['Azerbaijan denied that the Lachin corridor was blocked.', '2023-01-02'],
      elsewhere: ['The weather in the valley is fine.', '2023-01-03'],
      demanded: ['France called for an immediate reopening of the Lachin corridor.', '2023-01-04'],
    };
    for (const [name, [text, publishedAt]] of Object.entries(texts)) {
      const { body } = await receive(text ?? '', { publisher: 'Lister', publishedAt, about: [] });
      names.set(body.statementId, name);
      if (name === 'denied')
        await scene.send('POST', `/v1/statements/${body.statementId}/retraction`, { reason: 'Hearsay.' });
    }
    await scene.settled();
  });

  it.each([
    ['', ['demanded', 'elsewhere', 'denied', 'blocked']],
    ['corridor=lachin-corridor', ['demanded', 'denied', 'blocked']],
    ['corridor=nowhere', []],
    ['type=demand', ['demanded']],
    ['speaker=France', ['demanded']],
    ['speaker=France&type=denial', []],
    ['from=2023-01-02&to=2023-01-04', ['elsewhere', 'denied']],
  ])('for ?%s, the latest first', async (query, expected) => {
    expect(named(await list(query))).toEqual(expected);
  });

  it('and marks what was retracted', async () => {
    const { items } = await list('');
    expect(items.map(({ retracted }) => retracted)).toEqual([false, false, true, false]);
  });

  it('in pages that give each of them once', async () => {
    const first = await list('limit=3');
    const second = await list(`limit=3&cursor=${first.next ?? ''}`);
    expect([...named(first), ...named(second)]).toEqual(named(await list('')));
    expect(second.next).toBeNull();
  });

  it('and refuses a forged cursor', async () => {
    const { next } = await list('limit=1');
    const forged = `${Buffer.from('999').toString('base64url')}.${next?.split('.')[1] ?? ''}`;
    expect((await scene.send('GET', `/v1/statements?cursor=${forged}`)).status).toBe(400);
  });
});

describe('custody', () => {
  const custodyOf = async (statementId: string, headers: Record<string, string> = {}) =>
    (await scene.send('GET', `/v1/statements/${statementId}/custody`, undefined, headers)).body;

  it('of a line of a batch names the bytes of that line', async () => {
    const lines = ['one', 'two'].map((word) => report(`The Lachin corridor is shut, say ${word}.`));
    const results = await scene.sendLines<Received>('/v1/statements/batch', lines);
    for (const [index, { statementId }] of results.entries())
      expect(await custodyOf(statementId)).toMatchObject({
        bytesOf: 'line',
        bytesSha256: sha256(JSON.stringify(lines[index])),
        remoteAddress: '127.0.0.1',
      });
  });

  it('names the address of the connection, whatever the sender claims, to those who may audit', async () => {
    const { body: received } = await scene.send<Received>(
      'POST',
      '/v1/statements',
      report('The Lachin corridor is shut, say three.'),
      { 'x-forwarded-for': '203.0.113.9' },
    );
    const url = `/v1/statements/${received.statementId}`;
    expect(await custodyOf(received.statementId)).toMatchObject({ remoteAddress: '127.0.0.1', fetch: null });
    expect((await scene.send('GET', url)).body['custody']).not.toHaveProperty('remoteAddress');
    const issued = await scene.send<{ key: string }>('POST', '/v1/keys', {
      name: 'desk',
      scopes: ['statements:write'],
    });
    const desk = { authorization: `Bearer ${issued.body.key}` };
    expect(await scene.send('GET', `${url}/custody`, undefined, desk)).toMatchObject({ status: 403 });
  });

  it('names the address that a trusted proxy tells, and not what was claimed to that', async () => {
    const behind = await ingestionScene({ besides: scene, trustedProxies: ['127.0.0.1'] });
    const { body: received } = await behind.send<Received>(
      'POST',
      '/v1/statements',
      report('The Lachin corridor is shut, say four.'),
      { 'x-forwarded-for': '198.51.100.1, 203.0.113.9' },
    );
    await behind.close();
    expect(await custodyOf(received.statementId)).toMatchObject({ remoteAddress: '203.0.113.9' });
  });

  it('is that of the first time, when the same text comes again', async () => {
    const text = 'The Lachin corridor is shut, say five.';
    const { body: first } = await receive(text);
    const before = await custodyOf(first.statementId);
    await receive(text, { title: 'Another title' });
    expect(await custodyOf(first.statementId)).toEqual(before);
  });

  it('of a statement that is not there is not there', async () => {
    const url = '/v1/statements/00000000-0000-4000-8000-000000000000/custody';
    expect(await scene.send('GET', url)).toMatchObject({ status: 404 });
  });
});

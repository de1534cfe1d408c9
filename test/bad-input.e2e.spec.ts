import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { ApiClient, type Answer } from './harness/api-client.ts';
import { freshDatabase, type FreshDatabase } from './harness/database.ts';
import { freePort, ready, startApp, type ServiceProcess } from './harness/service-process.ts';

interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly { pointer: string; message: string }[];
}

interface LineResult {
  readonly line: number;
  readonly statementId?: string;
  readonly error?: { code: string; detail: string; errors?: readonly { pointer: string; message: string }[] };
}

const adminKey = `cw_${randomBytes(32).toString('base64url')}`;
const dayMs = 24 * 3_600 * 1_000;
const statement = {
  publisher: 'Valley Herald',
  publishedAt: '2023-01-20T17:00:00Z',
  about: ['lachin-corridor'],
  body: 'The Lachin corridor is blocked, the ministry said.',
};

let database: FreshDatabase;
let owner: pg.Client;
let service: ServiceProcess;
let api: ApiClient;

beforeAll(async () => {
  database = await freshDatabase();
  owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
  service = await ready(
    startApp('standalone', {
      PORT: await freePort(),
      DATABASE_URL: database.url,
      CORRIDOR_WATCH_ADMIN_KEY: adminKey,
      PUBLIC_READ: 'true',
    }),
  );
  api = new ApiClient(service.origin, adminKey);
});

afterAll(async () => {
  service.signal('SIGTERM');
  await service.exited;
  await owner.end();
  await database.drop();
});

async function head(): Promise<number> {
  const { rows } = await owner.query<{ position: string }>('SELECT position FROM ledger.head');
  return Number(rows[0]?.position);
}

/** A problem document, and a ledger in which nothing was written. */
async function refused(request: () => Promise<Answer<unknown>>): Promise<Problem> {
  const before = await head();
  const { status, headers, body } = await request();
  expect({ status, type: headers.get('content-type') }).toEqual({
    status: (body as Problem).status,
    type: expect.stringContaining('application/problem+json') as string,
  });
  expect(body).toMatchObject({
    type: expect.stringMatching(/^urn:corridor-watch:problem:[a-z_]+$/) as string,
    title: expect.any(String) as string,
    detail: expect.any(String) as string,
  });
  // No stack, no SQL.
  expect(JSON.stringify(body)).not.toMatch(/\.ts\b|node_modules|SELECT|INSERT/);
  expect(await head()).toBe(before);
  return body as Problem;
}

const pointersOf = ({ errors = [] }: Problem) => errors.map(({ pointer }) => pointer);

describe('a statement is refused, and the field named', () => {
  const ahead = (ms: number) => new Date(Date.now() + ms).toISOString();

  it.each([
    ['with an unknown field', { ...statement, boby: 'x' }, '/boby'],
    ['with a number for a text', { ...statement, body: 7 }, '/body'],
    ['with a text for a list', { ...statement, about: 'lachin-corridor' }, '/about'],
    ['with a wrong type inside a list', { ...statement, about: ['lachin-corridor', null] }, '/about/1'],
    ['without its publisher', { ...statement, publisher: undefined }, '/publisher'],
    [
      'published more than 24 hours ahead',
      { ...statement, publishedAt: ahead(dayMs + 60_000) },
      '/publishedAt',
    ],
    ['published on no day of the calendar', { ...statement, publishedAt: '2023-02-30' }, '/publishedAt'],
    ['published in the year 0', { ...statement, publishedAt: '0000-06-01' }, '/publishedAt'],
    ['published at no time', { ...statement, publishedAt: 1_674_234_000 }, '/publishedAt'],
    ['without text', { ...statement, body: '' }, '/body'],
    ['with nothing but space for a text', { ...statement, body: ' \n\t ' }, '/body'],
    ['with more than 1 MiB of text', { ...statement, body: 'a'.repeat(1_024 * 1_024 + 1) }, '/body'],
    ['with a NUL in its text', { ...statement, body: 'The road\u0000 is shut.' }, '/body'],
    ['with a NUL in its publisher', { ...statement, publisher: 'Valley\u0000Herald' }, '/publisher'],
    ['with a URL that is a script', { ...statement, url: 'javascript:alert(1)' }, '/url'],
    ['with a list for a statement', [statement], ''],
    ['with null for a statement', null, ''],
  ])('%s', async (_, body, pointer) => {
    const problem = await refused(() => api.post('/v1/statements', body));
    expect(problem.status).toBe(400);
    expect(pointersOf(problem)).toContain(pointer);
  });

  it('with a lone surrogate in its text or its title', async () => {
    for (const field of ['body', 'title']) {
      const raw = JSON.stringify({ ...statement, [field]: '@' }).replace('"@"', '"half \\ud83d a pair"');
      const problem = await refused(() => api.post('/v1/statements', raw));
      expect(problem).toMatchObject({ status: 400, errors: [{ pointer: `/${field}` }] });
    }
  });

  it('about a corridor that nobody registered', async () => {
    const body = { ...statement, about: ['lachin-corridor', 'nowhere'] };
    const problem = await refused(() => api.post('/v1/statements', body));
    expect(problem).toMatchObject({ status: 422, errors: [{ pointer: '/about/1' }] });
    expect(problem.detail).toContain('nowhere');
  });
});

describe('a body is refused', () => {
  it.each([
    ['that is empty', ''],
    ['that is no JSON', '{"publisher":'],
    ['that is not UTF-8', Buffer.from('{"publisher":"Valley \xff Herald"}', 'latin1')],
    ['that is UTF-16', Buffer.from(`\ufeff${JSON.stringify(statement)}`, 'utf16le')],
    ['that reaches for the prototype', '{"__proto__":{"admin":true}}'],
  ])('%s', async (_, body) => {
    const problem = await refused(() => api.post('/v1/statements', body));
    expect(problem.status).toBe(400);
    expect(pointersOf(problem)).toEqual(['']);
  });

  it('of 10 MB, before it is read', async () => {
    const body = JSON.stringify({ ...statement, body: 'a'.repeat(10_000_000) });
    const problem = await refused(() => api.post('/v1/statements', body));
    expect(problem).toMatchObject({ status: 413, errors: [{ pointer: '' }] });
  });

  it('of another media type', async () => {
    const headers = { 'content-type': 'text/plain' };
    expect((await refused(() => api.post('/v1/statements', 'The road is shut.', headers))).status).toBe(415);
  });

  it('that is one statement where lines are expected', async () => {
    const problem = await refused(() => api.post('/v1/statements/batch', statement));
    expect(problem).toMatchObject({ status: 400, errors: [{ pointer: 'Content-Type' }] });
  });
});

describe('a request is refused', () => {
  it('without a key, and told how to send one', async () => {
    const answer = await new ApiClient(service.origin).post('/v1/statements', statement);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    const problem = await refused(() => new ApiClient(service.origin).post('/v1/statements', statement));
    expect(problem).toMatchObject({ status: 401, type: 'urn:corridor-watch:problem:missing_key' });
  });

  it.each(['cw_', `cw_${'a'.repeat(43)}`, 'secret'])('with the wrong key %s', async (key) => {
    const problem = await refused(() => api.withKey(key).post('/v1/statements', statement));
    expect(problem).toMatchObject({ status: 401, type: 'urn:corridor-watch:problem:unknown_key' });
    expect(problem.detail).not.toContain(key);
  });

  it('with a key of another scope, which is named', async () => {
    const { body } = await api.post<{ key: string }>('/v1/keys', {
      name: 'writer of corridors',
      scopes: ['corridors:write'],
    });
    const problem = await refused(() => api.withKey(body.key).post('/v1/statements', statement));
    expect(problem).toMatchObject({ status: 403, type: 'urn:corridor-watch:problem:missing_scope' });
    expect(problem.detail).toContain('statements:write');
  });

  it('with the key checked before the body is judged', async () => {
    expect((await refused(() => new ApiClient(service.origin).post('/v1/statements', {}))).status).toBe(401);
  });

  it.each([
    ['GET', '/v1/corridors?limit=0', 400, '/limit'],
    ['GET', '/v1/corridors?colour=red', 400, '/colour'],
    ['GET', '/v1/corridors?status=open&status=blocked', 400, '/status'],
    ['GET', '/v1/statements?publisher=%00', 400, '/publisher'],
    ['GET', '/v1/statements?speaker=%00', 400, '/speaker'],
    ['GET', '/v1/statements?from=0000-01-01', 400, '/from'],
    ['GET', '/v1/statements/not-a-uuid', 400, '/id'],
    ['GET', '/v1/corridors/lachin-corridor/status?validAt=2023-02-30', 400, '/validAt'],
    ['DELETE', '/v1/keys/%00', 400, '/id'],
  ])('%s %s', async (method, path, status, pointer) => {
    const problem = await refused(() => api.send(method, path));
    expect(problem.status).toBe(status);
    expect(pointersOf(problem)).toContain(pointer);
  });

  it.each([
    ['for an unknown route', 'GET', '/v1/nowhere', 404],
    ['for an unknown corridor', 'GET', '/v1/corridors/nowhere/status', 404],
    ['for an unknown statement', 'GET', '/v1/statements/6f1c2a52-6b2e-4b55-9c0e-0a1b2c3d4e5f', 404],
    ['for an unknown method', 'PATCH', '/v1/statements', 404],
    ['with a forged cursor', 'GET', '/v1/statements?cursor=Nw.forged', 400],
    ['at a malformed address', 'GET', '/v1/corridors/%E0%A4', 400],
    ['at an endless address', 'GET', `/v1/corridors/${'a'.repeat(500)}`, 414],
  ])('%s', async (_, method, path, status) => {
    expect((await refused(() => api.send(method, path))).status).toBe(status);
  });

  it('about a time of an odd offset only because nothing was known then', async () => {
    const path = '/v1/corridors/lachin-corridor/status?knownAt=2023-01-01T00:00:00%2B23:59';
    expect(await refused(() => api.get(path))).toMatchObject({
      status: 404,
      type: 'urn:corridor-watch:problem:corridor_not_known_then',
    });
  });

  it('to retract what was never received', async () => {
    const path = '/v1/statements/6f1c2a52-6b2e-4b55-9c0e-0a1b2c3d4e5f/retraction';
    expect((await refused(() => api.post(path, { reason: 'Wrong road.' }))).status).toBe(404);
    expect(pointersOf(await refused(() => api.post(path, { reason: ' ' })))).toEqual(['/reason']);
  });

  it('with an idempotency key that is none', async () => {
    const problem = await refused(() => api.post('/v1/statements', statement, { 'idempotency-key': 'a b' }));
    expect(problem).toMatchObject({ status: 400, type: 'urn:corridor-watch:problem:bad_idempotency_key' });
  });
});

describe('a corridor', () => {
  const corridor = { name: 'Heron Pass', parties: ['Northmark'] };

  it('is not amended by who has seen an older version', async () => {
    const path = '/v1/corridors/heron-pass';
    expect((await api.put(path, corridor)).headers.get('etag')).toBe('"1"');
    expect((await api.put(path, { ...corridor, aliases: ['the pass'] }, { 'if-match': '"1"' })).status).toBe(
      200,
    );
    const problem = await refused(() => api.put(path, corridor, { 'if-match': '"1"' }));
    expect(problem).toMatchObject({ status: 409, type: 'urn:corridor-watch:problem:version_conflict' });
    expect(pointersOf(await refused(() => api.put(path, corridor, { 'if-match': '1' })))).toEqual([
      'If-Match',
    ]);
  });

  it.each([
    ['Heron Pass', corridor, '/corridor'],
    ['heron-pass', { ...corridor, timezone: 'Mars/Olympus' }, '/timezone'],
    ['heron-pass', { ...corridor, baseline: { status: 'open', since: 'long ago' } }, '/baseline/since'],
    [
      'heron-pass',
      { ...corridor, geometry: { type: 'Point', coordinates: [190, 0] } },
      '/geometry/coordinates/0',
    ],
    ['heron-pass', { ...corridor, nmae: 'x' }, '/nmae'],
  ])('named %s is refused with the field named: %#', async (id, body, pointer) => {
    const problem = await refused(() => api.put(`/v1/corridors/${encodeURIComponent(id)}`, body));
    expect(problem.status).toBe(400);
    expect(pointersOf(problem)).toContain(pointer);
  });
});

it('takes the good lines of a batch in, and names each bad one with its line and its field', async () => {
  const line = (more: object) => Buffer.from(`${JSON.stringify({ ...statement, ...more })}\n`);
  const lines = [
    line({ body: 'Line 1 is good.' }),
    Buffer.from('{"publisher":"Valley \xff Herald"}\n', 'latin1'),
    line({ body: 'Line 3 is good.' }),
    Buffer.from('{"publisher":\n'),
    line({ body: 'Line 5 has more than it should.', colour: 'red' }),
    Buffer.from('\n'),
    line({ body: 'Line 7 is about nowhere.', about: ['nowhere'] }),
    line({ body: 'Line 8 comes from the future.', publishedAt: '2999-01-01' }),
    line({ body: 'Line 9 is far too long.' + 'a'.repeat(8 * 1_024 * 1_024) }),
    line({ body: 'Line 10 has a \u0000 in it.' }),
    Buffer.from(
      JSON.stringify({ ...statement, body: '@' }).replace('@', 'Line 11 is half \\ud83d a pair.') + '\n',
    ),
    Buffer.from(JSON.stringify({ ...statement, body: 'Line 12 is good, and has no end.' })),
  ];
  const answer = await api.post<string>('/v1/statements/batch', Buffer.concat(lines), {
    'content-type': 'application/x-ndjson',
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain('application/x-ndjson');
  const results = answer.body
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text) as LineResult);
  expect(
    results.map(({ line: number, error }) => [
      number,
      error?.code ?? 'in',
      error?.errors?.[0]?.pointer ?? null,
    ]),
  ).toEqual([
    [1, 'in', null],
    [2, 'invalid_input', ''],
    [3, 'in', null],
    [4, 'invalid_input', ''],
    [5, 'invalid_input', '/colour'],
    [7, 'unknown_corridor', '/about/0'],
    [8, 'invalid_input', '/publishedAt'],
    [9, 'invalid_input', ''],
    [10, 'invalid_input', '/body'],
    [11, 'invalid_input', '/body'],
    [12, 'in', null],
  ]);
  const { rows } = await owner.query<{ body: string }>(
    `SELECT p.payload ->> 'body' AS body FROM ledger.event AS e JOIN ledger.erasable_payload AS p USING (position)
     WHERE e.type = 'StatementReceived' ORDER BY body`,
  );
  expect(rows.map(({ body }) => body)).toEqual([
    'Line 1 is good.',
    'Line 12 is good, and has no end.',
    'Line 3 is good.',
  ]);
});

import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { get as httpGet, type IncomingMessage } from 'node:http';
import { issueKey, type Scope } from '#access';
import {
  BundleVerification,
  canonicalize,
  leafHash,
  openTrusted,
  parseSkey,
  parseTrustFile,
  parseVkey,
  readBundleHeader,
  rootOfHashes,
  verifyConsistency,
  verifyProofFile,
  type TrustFile,
} from '#proofs';
import { type NewEvent } from '#ledger';
import { until } from '../../../../test/harness/until.ts';
import { coded, registered } from '../../test/reports.ts';
import { statusScene, type StatusScene } from '../../test/status-scene.ts';
import { type RecordView } from './record.view.ts';

let scene: StatusScene;
let trust: TrustFile;
let auditor: string;
let admin: string;

const corridor = 'heron-pass';

beforeAll(async () => {
  scene = await statusScene();
  const keyOf = async (scope: Scope) => `Bearer ${(await issueKey(scene.pool, 'test', [scope])).key}`;
  [auditor, admin] = [await keyOf('audit:read'), await keyOf('admin')];
  await scene.record(registered(corridor), registered('swan-pass'));
  for (let day = 1; day <= 25; day += 1) {
    const on = `2022-12-${String(day).padStart(2, '0')}`;
    await scene.record(
      coded({ name: `heron ${day}`, corridor, on, status: day % 2 === 0 ? 'open' : 'blocked' }),
      coded({ name: `swan ${day}`, corridor: 'swan-pass', on, status: 'open' }),
    );
  }
  await scene.settled();
  await scene.published();
  trust = parseTrustFile((await ask('/v1/audit/keys')).body);
});

afterAll(() => scene.close());

interface TextAnswer {
  readonly status: number;
  readonly body: string;
  readonly raw: Buffer;
  readonly headers: Readonly<Record<string, unknown>>;
}

async function ask(url: string, authorization = auditor): Promise<TextAnswer> {
  const headers = authorization === '' ? {} : { authorization };
  const { statusCode, body, rawPayload, headers: answered } = await scene.app.inject({ url, headers });
  return { status: statusCode, body, raw: rawPayload, headers: answered };
}

async function json<Body>(url: string, authorization = auditor): Promise<Body> {
  const { status, body } = await ask(url, authorization);
  expect({ url, status }).toEqual({ url, status: 200 });
  return JSON.parse(body) as Body;
}

const codeOf = ({ body }: TextAnswer) => (JSON.parse(body) as { type: string }).type.split(':').at(-1);
const linesOf = ({ body }: TextAnswer) =>
  body
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as RecordView);

describe('anybody may ask for', () => {
  it('the signed checkpoint, which opens with the key that is told', async () => {
    const { body, headers } = await ask('/v1/audit/checkpoint', '');
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    const { checkpoint } = openTrusted(body, trust);
    expect(checkpoint).toMatchObject({
      origin: 'log.example/corridors',
      size: (await scene.ledger.head()).position,
    });
    const key = await ask('/v1/audit/key', '');
    expect(parseVkey(key.body.trim()).name).toBe('log.example/corridors');
  });

  it('the proof of each position, which holds for the event that is told', async () => {
    const { position: head } = await scene.ledger.head();
    for (let position = 1; position <= head; position += 1) {
      const { leaf } = await json<RecordView>(`/v1/audit/events/${position}`);
      const proof = await ask(`/v1/audit/proof/${position}`, '');
      const hash = leafHash(leaf);
      const opened = verifyProofFile(proof.body, hash, {
        log: trust.logKeys.map(({ key }) => key),
        witnesses: [],
      });
      expect(opened.index).toBe(position - 1);
    }
  });

  it('the consistency of any two sizes', async () => {
    const { position: head } = await scene.ledger.head();
    for (const [from, to] of [
      [1, head],
      [7, 20],
      [20, 20],
      [0, 5],
    ] as const) {
      const answer = await json<{ from: Hd; to: Hd; proof: string[] }>(
        `/v1/audit/consistency?from=${from}&to=${to}`,
        '',
      );
      verifyConsistency({
        from,
        to,
        fromRoot: Buffer.from(answer.from.root, 'base64'),
        toRoot: Buffer.from(answer.to.root, 'base64'),
        proof: answer.proof.map((hash) => Buffer.from(hash, 'base64')),
      });
    }
    expect((await json<{ to: Hd }>('/v1/audit/consistency?from=3', '')).to.size).toBe(head);
  });

  it('tiles, by the paths of C2SP, to be kept for good', async () => {
    const { checkpoint } = openTrusted((await ask('/v1/audit/checkpoint', '')).body, trust);
    const tile = await ask(`/v1/audit/tile/0/000.p/${checkpoint.size}`, '');
    expect(tile).toMatchObject({
      status: 200,
      headers: { 'content-type': 'application/octet-stream', 'cache-control': 'max-age=31536000, immutable' },
    });
    expect(rootOfHashes(tile.raw)).toEqual(Buffer.from(checkpoint.root));
    expect((await ask('/v1/audit/tile/0/000.p/5', '')).raw).toEqual(tile.raw.subarray(0, 160));
  });

  it('the state of the log', async () => {
    const { position: head } = await scene.ledger.head();
    const state = await json<Record<string, unknown>>('/v1/audit/log', '');
    expect(state).toMatchObject({
      appended: head,
      integrated: head,
      published: head,
      origin: 'log.example/corridors',
      checkpoint: { size: head },
      witnesses: [],
    });
  });
});

interface Hd {
  readonly size: number;
  readonly root: string;
}

describe('with a key for it', () => {
  it('the ledger is told line by line, as it was written', async () => {
    const { position: head } = await scene.ledger.head();
    const answer = await ask('/v1/audit/events');
    expect(answer.headers['content-type']).toBe('application/x-ndjson');
    const records = linesOf(answer);
    expect(records.map(({ position }) => position)).toEqual(Array.from({ length: head }, (_, at) => at + 1));
    for (const { leaf, leafHash: stored } of records) {
      expect(leafHash(leaf).toString('base64')).toBe(stored);
    }
    expect(records[0]).toMatchObject({
      state: 'published',
      leaf: { type: 'CorridorRegistered', causationId: null, key: corridor },
      erased: null,
    });
  });

  it('pages go on from a position, and a corridor has its own events alone', async () => {
    expect(linesOf(await ask('/v1/audit/events?after=3&limit=2')).map(({ position }) => position)).toEqual([
      4, 5,
    ]);
    const keys = linesOf(await ask(`/v1/audit/events?corridor=${corridor}`)).map(
      ({ leaf }) => 'key' in leaf && leaf.key,
    );
    expect(keys.length).toBeGreaterThan(26);
    expect(new Set(keys)).toEqual(new Set([corridor]));
  });

  it('an event that is not proved yet says how far it is', async () => {
    const client = await scene.pool.connect();
    try {
      // Signing waits for this lock.
      await client.query('BEGIN; SELECT 1 FROM transparency.signing_key FOR UPDATE');
      const [event] = await scene.record(coded({ name: 'late', corridor, on: '2022-12-30', status: 'open' }));
      const at = event!.position;
      const state = async () => (await json<RecordView>(`/v1/audit/events/${at}`)).state;
      await until('it is in the tree', async () => (await state()) === 'integrated');
      const proof = await ask(`/v1/audit/proof/${at}`, '');
      expect(proof).toMatchObject({ status: 409, headers: { 'retry-after': '1' } });
      expect(codeOf(proof)).toBe('not_published_yet');
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
    await scene.settled();
    await scene.published();
    const last = (await scene.ledger.head()).position;
    expect((await json<RecordView>(`/v1/audit/events/${last}`)).state).toBe('published');
  });
});

describe('a status', () => {
  interface Status {
    readonly asOf: { readonly position: number };
    readonly checkpoint: Hd | null;
  }
  const status = (query = '') => json<Status>(`/v1/corridors/${corridor}/status${query}`, '');

  it('names the checkpoint by which its position can be proved, and goes on to name the same', async () => {
    const then = (await status()).asOf.position;
    const first = await status(`?knownAt=${then}`);
    await scene.record(coded({ name: 'more', corridor, on: '2022-12-31', status: 'blocked' }));
    await scene.settled();
    await scene.published();
    expect((await status(`?knownAt=${then}`)).checkpoint).toEqual(first.checkpoint);
    const { asOf, checkpoint } = await until('the latest is covered', async () => {
      const found = await status();
      return (
        found.asOf.position > then && found.checkpoint !== null && { ...found, checkpoint: found.checkpoint }
      );
    });
    expect(checkpoint.size).toBeGreaterThanOrEqual(asOf.position);
    expect((await status(`?knownAt=${asOf.position}`)).checkpoint).toEqual(checkpoint);
    const proved = await json<{ to: Hd }>(`/v1/audit/consistency?from=1&to=${checkpoint.size}`, '');
    expect(checkpoint).toEqual(proved.to);
  });

  it('has none while none covers it', async () => {
    const client = await scene.pool.connect();
    try {
      await client.query('BEGIN; SELECT 1 FROM transparency.signing_key FOR UPDATE');
      const before = (await status()).asOf.position;
      await scene.record(coded({ name: 'latest', corridor, on: '2022-12-31', status: 'open' }));
      const uncovered = await until('it is applied', async () => {
        const found = await status();
        return found.asOf.position > before && found;
      });
      expect(uncovered.checkpoint).toBeNull();
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
    await until('it is covered', async () => (await status()).checkpoint);
    await scene.settled();
    await scene.published();
  });
});

describe('a bundle', () => {
  function verified(body: string) {
    const [header = '', ...lines] = body.split('\n').slice(0, -1);
    const verification = new BundleVerification(readBundleHeader(header), trust, []);
    for (const [at, line] of lines.entries()) verification.take(line, at + 2);
    return verification.finish();
  }

  it('of the whole ledger verifies offline', async () => {
    const answer = await ask('/v1/audit/export');
    const { position: head } = await scene.ledger.head();
    expect(verified(answer.body)).toMatchObject({ corridor: null, eventCount: head });
    expect(answer.headers['content-disposition']).toBe(`attachment; filename="ledger-${head}.bundle.ndjson"`);
  });

  it('of a corridor verifies offline, and holds its events and no others', async () => {
    const answer = await ask(`/v1/audit/export?corridor=${corridor}`);
    const own = linesOf(await ask(`/v1/audit/events?corridor=${corridor}`)).length;
    expect(verified(answer.body)).toMatchObject({ corridor, eventCount: own });
    expect(answer.body).not.toContain('swan-pass');
  });

  it('proves that it goes on from a size that the asker trusts', async () => {
    const { body } = await ask(`/v1/audit/export?corridor=${corridor}&from=10`);
    const { header } = readBundleHeader(body.slice(0, body.indexOf('\n')));
    expect(header.consistency?.from).toBe(10);
  });

  it('proves of a payload that is gone which event erased it, and what is read instead', async () => {
    const { statementId, position, erasedBy } = await erasedStatement();
    expect(await json<RecordView>(`/v1/audit/events/${position}`)).toMatchObject({
      payload: null,
      salt: null,
      erased: { erasedBy, stub: { statementId, body: '[erased]' } },
    });
    expect(verified((await ask('/v1/audit/export')).body)).toMatchObject({ erasedCount: 1 });
    expect(verified((await ask(`/v1/audit/export?corridor=${corridor}`)).body)).toMatchObject({
      erasedCount: 1,
    });
  });

  it('of one that is not whole fails', async () => {
    const { body } = await ask('/v1/audit/export');
    expect(() => verified(body.slice(0, body.lastIndexOf('\n', body.length - 2) + 1))).toThrow(/cut off/);
    expect(() => verified(body.replace('heron', 'herom'))).toThrow(/position/);
  });
});

interface Read {
  readonly reader: string;
  readonly route: string;
  readonly parameters: Record<string, unknown>;
  readonly status: number;
  readonly at: string;
}

it('writes down who read what, when, and with what outcome', async () => {
  const before = Date.now();
  await ask('/v1/audit/proof/7', '');
  await ask('/v1/audit/events?after=2&limit=1');
  await ask('/v1/audit/reads', auditor);
  await ask('/v1/audit/events', 'Bearer nonsense');
  const reads = async () => (await json<{ items: Read[] }>('/v1/audit/reads?limit=100', admin)).items;
  const id = (
    await scene.pool.query<{ id: string }>("SELECT id FROM access.api_key WHERE 'audit:read' = ANY (scopes)")
  ).rows[0]?.id;
  const written = await until('all four are written', async () => {
    const found = await reads();
    return found.some(({ status }) => status === 401) && found;
  });
  expect(written).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        reader: 'anonymous',
        route: '/v1/audit/proof/:position',
        parameters: { position: '7' },
        status: 200,
      }),
      expect.objectContaining({
        reader: id,
        route: '/v1/audit/events',
        parameters: { after: '2', limit: '1' },
        status: 200,
      }),
      expect.objectContaining({ reader: id, route: '/v1/audit/reads', status: 403 }),
      expect.objectContaining({ reader: 'anonymous', route: '/v1/audit/events', status: 401 }),
    ]),
  );
  expect(Date.parse(written[0]!.at)).toBeGreaterThanOrEqual(before - 1_000);
  const page = await json<{ items: Read[]; next: string }>('/v1/audit/reads?limit=2', admin);
  const next = await json<{ items: Read[] }>(`/v1/audit/reads?limit=2&cursor=${page.next}`, admin);
  expect(next.items[0]?.at.localeCompare(page.items[1]?.at ?? '')).toBeLessThanOrEqual(0);
});

describe('refuses, each with its own word,', () => {
  const huge = '99999999999999999999';
  it.each([
    ['a position that is negative', 'proof/-1', 400, 'invalid_input'],
    ['a position of zero', 'proof/0', 400, 'invalid_input'],
    ['a position that is no number', 'proof/first', 400, 'invalid_input'],
    ['a position that is no whole number', 'proof/1.5', 400, 'invalid_input'],
    ['a position with a zero before it', 'proof/007', 400, 'invalid_input'],
    ['a position beyond all numbers', `proof/${huge}`, 400, 'invalid_input'],
    ['a position beyond the ledger', 'proof/9007199254740991', 404, 'no_such_position'],
    ['an event that is negative', 'events/-1', 400, 'invalid_input'],
    ['an event beyond the ledger', 'events/1000000', 404, 'no_such_position'],
    ['a beginning that is negative', 'events?after=-1', 400, 'invalid_input'],
    ['no events', 'events?limit=0', 400, 'invalid_input'],
    ['a corridor that cannot be', 'events?corridor=A%20B', 400, 'invalid_input'],
    ['a parameter that it does not know', 'events?form=1', 400, 'invalid_input'],
    ['sizes in the wrong order', 'consistency?from=5&to=4', 400, 'invalid_input'],
    ['no size', 'consistency', 400, 'invalid_input'],
    ['a size beyond all numbers', `consistency?from=${huge}`, 400, 'invalid_input'],
    ['a size beyond the checkpoint', 'consistency?from=1&to=1000000', 404, 'beyond_checkpoint'],
    ['a size to go on from beyond the checkpoint', 'consistency?from=1000000', 404, 'beyond_checkpoint'],
    ['a tile that is not there', 'tile/0/001', 404, 'no_such_tile'],
    ['a tile that is wider than the tree', 'tile/0/000', 404, 'no_such_tile'],
    ['a tile of leaves', 'tile/entries/000.p/3', 404, 'no_such_tile'],
    ['a path that is no tile', 'tile/0/1', 400, 'bad_tile_path'],
    ['a path that goes up', 'tile/0/..%2f..%2fx', 400, 'bad_tile_path'],
    ['a level beyond all', 'tile/64/000', 400, 'bad_tile_path'],
    ['a checkpoint that nobody cosigned', 'checkpoint?witnesses=1', 404, 'no_checkpoint_yet'],
    ['more witnesses than a note can have', 'checkpoint?witnesses=16', 400, 'invalid_input'],
    ['a bundle of no corridor', 'export?corridor=nowhere', 404, 'no_such_corridor'],
    ['a bundle from beyond the checkpoint', 'export?from=1000000', 404, 'beyond_checkpoint'],
  ])('%s: %s', async (_, path, status, code) => {
    const answer = await ask(`/v1/audit/${path}`);
    expect(answer.status).toBe(status);
    expect(codeOf(answer)).toBe(code);
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });

  it.each(['events', 'events/1', 'export'])(
    '%s without a key, and with one for something else',
    async (path) => {
      expect((await ask(`/v1/audit/${path}`, '')).status).toBe(401);
      const other = `Bearer ${(await issueKey(scene.pool, 'other', ['statements:write'])).key}`;
      expect((await ask(`/v1/audit/${path}`, other)).status).toBe(403);
    },
  );

  it('the reads to whom may not administer', async () => {
    expect((await ask('/v1/audit/reads')).status).toBe(403);
  });
});

it('holds no key that could be read over HTTP', async () => {
  for (const path of ['key', 'keys', 'log', 'checkpoint']) {
    const { body } = await ask(`/v1/audit/${path}`);
    expect(body).not.toContain('PRIVATE+KEY');
    expect(() => parseSkey(body.trim())).toThrow();
  }
});

it('stops reading the ledger when the reader goes, and has that written down', async () => {
  for (let each = 0; each < 15; each += 1) await scene.record(...Array.from({ length: 10 }, longStatement));
  await scene.app.listen(0, '127.0.0.1');
  const url = `${await scene.app.getUrl()}/v1/audit/events`;
  const request = httpGet(url, { headers: { authorization: auditor } });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  await once(response, 'data');
  response.destroy();
  const reads = async () => (await json<{ items: Read[] }>('/v1/audit/reads?limit=10', admin)).items;
  const left = await until('it is known that the reader went', async () =>
    (await reads()).find(({ status }) => status === 499),
  );
  expect(left).toMatchObject({ route: '/v1/audit/events', parameters: {} });
});

/** A statement about the corridor, whose text is erased as ingestion does it. */
async function erasedStatement() {
  const received = longStatement();
  const { statementId } = received.payload as { statementId: string };
  const cause = { actor: 'test', correlationId: 'erasure', causationId: null, traceparent: null };
  const append = async (...events: NewEvent[]) =>
    scene.ledger.append({ streamId: `statement-${statementId}`, expectedVersion: 'any', events, cause });
  const code = coded({ name: 'erased', corridor, on: '2022-12-27', status: 'open' });
  const [{ position } = { position: 0 }] = await append(received, code);
  const stub = canonicalize({ ...received.payload, body: '[erased]' });
  const stubSha256 = createHash('sha256').update(stub).digest('hex');
  const payload = { statementId, replaced: [{ position, schemaVersion: 2, stubSha256 }] };
  const [erasure] = await append({ type: 'PayloadsErased', payload, eventId: randomUUID() });
  const client = await scene.pool.connect();
  await client.query('SET ROLE NONE');
  await client.query('SELECT ledger.erase($1, $2)', [erasure!.position, [stub]]);
  client.release(true);
  await scene.settled();
  await scene.published();
  return { statementId, position, erasedBy: erasure!.position };
}

/** Two hundred kilobytes, of which a hundred and fifty do not fit into the buffers of a connection. */
function longStatement(): NewEvent {
  const statementId = randomUUID();
  return {
    type: 'StatementReceived',
    eventId: randomUUID(),
    payload: {
      statementId,
      publisher: 'Valley Herald',
      url: null,
      publishedAt: '2022-12-12T10:00:00Z',
      title: null,
      language: 'en',
      languageBy: 'publisher',
      about: [],
      body: 'The pass is shut. '.repeat(11_000),
      cluster: statementId,
      revises: null,
      custody: {
        receivedFrom: 'key-1',
        receivedAt: '2022-12-12T10:05:00Z',
        bytesSha256: '0'.repeat(64),
        bytesOf: 'request',
        remoteAddress: null,
        fetch: null,
      },
    },
  };
}

import { rulesCoder, type Coder } from '#coding';
import { type RecordedEvent } from '#events';
import { type Ledger } from '#ledger';
import { ingestionScene, type IngestionScene } from '../../test/ingestion-scene.ts';
import { Registry } from '../registry.ts';
import { type StatementDifference } from './recoding-counts.ts';
import { recode, type RecodingParts } from './recoder.ts';
import { alone } from './recoding-run.store.ts';
import { StatusPreview } from './status-preview.ts';

interface Received {
  readonly statementId: string;
  readonly claims: readonly { claimId: string; type: string; status: string | null }[];
}

let scene: IngestionScene;
let editionCount = 0;

// A ledger of its own for each test: a re-coding looks at all of it.
beforeEach(async () => {
  scene = await ingestionScene();
});

afterEach(() => scene.close());

async function receive(text: string): Promise<Received> {
  const { status, body } = await scene.send<Received>('POST', '/v1/statements', {
    publisher: 'Valley Herald',
    publishedAt: '2023-01-20T17:00:00Z',
    body: `${text} Edition ${++editionCount}.`,
  });
  expect(status).toBe(201);
  return body;
}

async function receiveMany(count: number): Promise<readonly Received[]> {
  const received: Received[] = [];
  for (let index = 0; index < count; index += 1)
    received.push(await receive('The Lachin corridor is blocked, the ICRC said.'));
  return received;
}

/** A coder that reads as ours does, and then has second thoughts. */
function newerCoder(thoughts: Partial<Pick<Coder, 'code'>> = {}): Coder {
  return {
    id: 'rules/99',
    data: '9'.repeat(64),
    languages: ['en'],
    code: (statement, corridors) =>
      rulesCoder
        .code(statement, corridors)
        .map((claim) =>
          claim.type === 'status' ? { ...claim, status: 'restricted' as const, coder: 'rules/99' } : claim,
        ),
    ...thoughts,
  };
}

function run(more: Partial<RecodingParts> = {}) {
  const { ledger, pool } = scene;
  const registry = new Registry(ledger);
  return registry.catchUp().then(() =>
    recode({
      ledger,
      pool,
      registry,
      coders: [newerCoder()],
      dryRun: false,
      corridor: null,
      after: 0,
      signal: new AbortController().signal,
      onStatement: () => undefined,
      onDifference: () => undefined,
      onProgress: () => undefined,
      ...more,
    }),
  );
}

async function codings(): Promise<readonly RecordedEvent<'StatementCoded'>[]> {
  const events = await scene.ledger.read({ after: 0, limit: 10_000, types: ['StatementCoded'] });
  return (events as readonly RecordedEvent<'StatementCoded'>[]).filter(
    ({ payload }) => payload.coder === 'rules/99',
  );
}

const head = async () => (await scene.ledger.head()).position;

it('reports what it would change, and changes nothing', async () => {
  await receiveMany(3);
  await receive('The weather in the valley is fine.');
  const before = await head();
  const differences: StatementDifference[] = [];
  const preview = new StatusPreview();
  const { counts } = await run({
    dryRun: true,
    onDifference: (difference) => differences.push(difference),
    onStatement: (earlier, later) => {
      preview.take(earlier, later);
    },
  });
  expect(counts).toMatchObject({
    statements: 4,
    recoded: 3,
    changed: { 'lachin-corridor': { status: 3 } },
    added: {},
    gone: {},
  });
  expect(differences[0]?.changed).toMatchObject([
    { before: { status: 'blocked' }, after: { status: 'restricted', quote: expect.any(String) as string } },
  ]);
  const registry = new Registry(scene.ledger);
  await registry.catchUp();
  expect(preview.changes(registry.definitions(), '2023-01-31')).toEqual([
    { corridor: 'lachin-corridor', from: 'blocked', to: 'restricted', changedDays: 12 },
  ]);
  expect(await head()).toBe(before);
});

it('codes every statement again, in the order in which they came, and none a second time', async () => {
  const received = await receiveMany(60);
  const { counts } = await run();
  expect(counts).toMatchObject({ statements: 60, recoded: 60 });
  const events = await codings();
  expect(events.map(({ payload }) => payload.statementId)).toEqual(
    received.map(({ statementId }) => statementId),
  );
  expect(events[0]).toMatchObject({
    actor: 'recoding',
    payload: { coder: 'rules/99', coderData: '9'.repeat(64), claims: [{ status: 'restricted' }] },
  });
  const after = await head();
  expect((await run()).counts).toMatchObject({ statements: 60, recoded: 0 });
  expect(await head()).toBe(after);
});

it('goes on where it was killed, and appends each coding once', async () => {
  await receiveMany(130);
  let appendCount = 0;
  const { ledger } = scene;
  const dying: Ledger = {
    append: (request) => {
      appendCount += 1;
      // Half of the second batch is in the ledger, and nobody was told.
      return appendCount > 70 ? Promise.reject(new Error('killed')) : ledger.append(request);
    },
    read: (page) => ledger.read(page),
    readStream: (streamId) => ledger.readStream(streamId),
    head: () => ledger.head(),
    positionAt: (instant) => ledger.positionAt(instant),
  };
  await expect(run({ ledger: dying })).rejects.toThrow('killed');
  const positions: number[] = [];
  const { counts } = await run({ onProgress: ({ position }) => positions.push(position) });
  // The first batch is not read again.
  expect(positions).toHaveLength(2);
  expect(counts).toMatchObject({ statements: 130 });
  const statements = (await codings()).map(({ payload }) => payload.statementId);
  expect(statements).toHaveLength(130);
  expect(new Set(statements).size).toBe(130);
  const { rows } = await scene.pool.query(
    'SELECT finished_at IS NOT NULL AS done FROM ingestion.recoding_run',
  );
  expect(rows).toEqual([{ done: true }]);
});

it('begins anew when the corridors are others than when it was stopped', async () => {
  await receiveMany(60);
  const stopping = new AbortController();
  const first = await run({
    signal: stopping.signal,
    onProgress: () => {
      stopping.abort();
    },
  });
  expect(first.position).toBeLessThan(first.through);
  await scene.send('PUT', '/v1/corridors/crane-pass', { name: 'Crane Pass' });
  const second = await run();
  expect(second.id).not.toBe(first.id);
  expect(second.counts).toMatchObject({ statements: 60, recoded: 10 });
});

it('finds a corridor that was registered after the statement came', async () => {
  const { statementId } = await receive('The Crane Pass is blocked, the ICRC said.');
  await scene.send('PUT', '/v1/corridors/crane-pass', { name: 'Crane Pass' });
  expect((await run({ coders: [rulesCoder] })).counts.added).toEqual({ 'crane-pass': { status: 1 } });
  const { body } = await scene.send('GET', `/v1/statements/${statementId}`);
  expect(body).toMatchObject({ claims: [{ corridor: 'crane-pass', status: 'blocked', review: 'pending' }] });
});

it('takes back what a machine made of a text that no coder reads', async () => {
  const { statementId } = await receive('The Lachin corridor is blocked, the ICRC said.');
  const inFrenchAlone = { ...newerCoder(), languages: ['fr'] };
  expect((await run({ coders: [inFrenchAlone] })).counts.gone).toEqual({ 'lachin-corridor': { status: 1 } });
  expect((await scene.send('GET', `/v1/statements/${statementId}`)).body).toMatchObject({ claims: [] });
});

it('keeps what people have decided', async () => {
  const [confirmed, rejected, pending] = (await receiveMany(3)) as [Received, Received, Received];
  const review = (claimId: string | undefined, decision: string) =>
    scene.send('POST', `/v1/claims/${claimId ?? ''}/review`, { decision, reviewer: 'Desk' });
  await review(confirmed.claims[0]?.claimId, 'confirm');
  await review(rejected.claims[0]?.claimId, 'reject');
  // With ids that tell the coder, as the first coders had them.
  const coder = newerCoder({
    code: (statement, corridors) =>
      rulesCoder.code(statement, corridors).map((claim) => ({
        ...claim,
        claimId: claim.claimId.replace(/^.{8}/, '99999999'),
        confidence: 0.123,
      })),
  });
  expect((await run({ coders: [coder] })).counts).toMatchObject({ reviewsCarried: 1 });
  const claimsOf = async ({ statementId }: Received) =>
    (await scene.send<{ claims: object[] }>('GET', `/v1/statements/${statementId}`)).body.claims;
  expect(await claimsOf(confirmed)).toMatchObject([
    { ...confirmed.claims[0], review: 'confirmed', revision: 2 },
  ]);
  expect(await claimsOf(rejected)).toMatchObject([
    { claimId: rejected.claims[0]?.claimId, state: 'rejected' },
    {
      claimId: expect.stringMatching(/^99999999/) as string,
      state: 'rejected',
      reviews: [{ decision: 'reject', reviewer: 'Desk', carriedFrom: rejected.claims[0]?.claimId }],
    },
  ]);
  expect(await claimsOf(pending)).toMatchObject([
    { confidence: 0.123, state: 'standing', review: 'pending' },
  ]);
});

it('leaves retracted statements alone, and takes one corridor or a part of the time', async () => {
  const [first] = (await receiveMany(2)) as [Received];
  const path = `/v1/statements/${first.statementId}/retraction`;
  await scene.send('POST', path, { reason: 'Hearsay.' });
  const position = await head();
  await receiveMany(1);
  expect((await run({ dryRun: true })).counts).toMatchObject({ statements: 3, recoded: 2 });
  expect((await run({ dryRun: true, after: position })).counts).toMatchObject({ statements: 1, recoded: 1 });
  expect((await run({ dryRun: true, corridor: 'crane-pass' })).counts).toMatchObject({ recoded: 0 });
});

it('does not run twice at once', async () => {
  await alone(scene.pool, async () => {
    await expect(alone(scene.pool, () => Promise.resolve())).rejects.toThrow('Another process');
  });
  await expect(alone(scene.pool, () => Promise.resolve('again'))).resolves.toBe('again');
});

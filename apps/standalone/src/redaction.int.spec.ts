import { randomUUID } from 'node:crypto';
import { ledgerWriterRole, openLedger } from '#ledger';
import { openPool } from '#platform';
import { BundleVerification, parseTrustFile, readBundleHeader } from '#proofs';
import { until } from '../../../test/harness/until.ts';
import { placesWithWords } from '../../../test/harness/words-in-database.ts';
import { houseScene, type HouseScene } from '../test/house-scene.ts';

/** In every part of the redacted statement, and nowhere else. */
const words = ['Zephyrina', 'Oldcastle', 'quillwort', 'marzipan'];

const personal = {
  publisher: 'Valley Herald',
  url: 'https://news.example/2023/01/20/corridor',
  publishedAt: '2023-01-20T17:00:00Z',
  title: 'Zephyrina waits for quillwort',
  language: 'en',
  about: ['lachin-corridor'],
  body: [
    'The Lachin corridor has been blocked since 12 December 2022, and no quillwort passes, the International Committee of the Red Cross said on Friday.',
    'Azerbaijan’s spokeswoman Zephyrina Oldcastle denied that the Lachin corridor was blocked.',
    '“We have closed the Lachin corridor for the marzipan of Zephyrina Oldcastle,” Azerbaijan said.',
    'Traffic along the Lachin corridor remains restricted.',
  ].join('\n'),
};

/** Says one thing in the very same words. */
const echo = {
  publisher: 'Road Courier',
  publishedAt: '2023-01-20T19:00:00Z',
  language: 'en',
  about: ['lachin-corridor'],
  body: 'Schools were shut for lack of gas.\nTraffic along the Lachin corridor remains restricted.',
};

const opened = {
  publisher: 'United Nations',
  publishedAt: '2023-01-21T09:00:00Z',
  language: 'en',
  about: ['lachin-corridor'],
  body: 'The Lachin corridor is open again, and traffic has resumed in both directions, the United Nations said on Friday.',
};

interface Received {
  readonly statementId: string;
  readonly duplicate: boolean;
  readonly claims: readonly { readonly claimId: string; readonly type: string; readonly quote: string }[];
}

let scene: HouseScene;
let statementId: string;
/** Where the words were to be read before. */
let held: readonly string[];
let before: Readonly<Record<string, unknown>>;
/** Bundles from before. */
let exported: readonly string[];
let answered: { readonly status: number; readonly body: Record<string, unknown> };

beforeAll(async () => {
  scene = await houseScene();
  await post('/v1/webhooks', {
    // Nobody listens there, so that every message is kept.
    url: 'http://127.0.0.1:9/hook',
    events: ['corridor.status.changed', 'claim.recorded'],
  });
  await post('/v1/statements', echo);
  const received = await post<Received>('/v1/statements', personal, { 'idempotency-key': 'personal' });
  ({ statementId } = received);
  expect(received.claims.length).toBeGreaterThan(3);
  const [first, second] = received.claims;
  await scene.settled();
  await post(`/v1/claims/${first!.claimId}/review`, {
    decision: 'confirm',
    reviewer: 'Desk',
    note: 'Zephyrina Oldcastle is a spokeswoman.',
  });
  // Two versions that differ in nothing but words.
  for (const speakerName of ['Zephyrina', 'Zephyrina Oldcastle'])
    await post(`/v1/claims/${first!.claimId}/review`, {
      decision: 'amend',
      amended: { speakerName },
      reviewer: 'Desk',
    });
  await post('/v1/corridors/lachin-corridor/assessments', {
    status: 'restricted',
    validFrom: '2023-01-18',
    reason: 'No quillwort was seen.',
    evidence: { claims: [second!.claimId] },
    assessor: 'Desk',
  });
  await post('/v1/statements', opened);
  await scene.settled();
  before = await answers();
  held = await placesWith(words);
  exported = await exports();
  answered = await scene.send('POST', `/v1/statements/${statementId}/redaction`, {
    reason: 'It names a private person.',
    requestedBy: 'Access desk',
  });
  await scene.settled();
}, 120_000);
afterAll(() => scene.close());

async function post<Body = Record<string, unknown>>(
  url: string,
  payload: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Body> {
  const { status, body } = await scene.send<Body>('POST', url, payload, headers);
  if (status > 202) throw new Error(`${url} answers ${status}: ${JSON.stringify(body)}`);
  return body;
}

/** Of the whole ledger and of the corridor, as an auditor takes them away. */
async function exports(): Promise<readonly string[]> {
  await until('the log is published', async () => {
    const { rows } = await scene.owner.query<{ isPublished: boolean }>(
      `SELECT (SELECT max(size) FROM transparency.checkpoint) = (SELECT position FROM ledger.head) AS "isPublished"`,
    );
    return rows[0]?.isPublished === true;
  });
  return Promise.all(
    ['', '?corridor=lachin-corridor'].map((query) => scene.sendForText(`/v1/audit/export${query}`)),
  );
}

async function verified(bundle: string) {
  const trust = parseTrustFile(await scene.sendForText('/v1/audit/keys'));
  const [header = '', ...lines] = bundle.split('\n').slice(0, -1);
  const verification = new BundleVerification(readBundleHeader(header), trust, []);
  for (const [at, line] of lines.entries()) verification.take(line, at + 2);
  return verification.finish();
}

/** What readers are told of the corridor, now and as of every position until now. */
async function answers(): Promise<Readonly<Record<string, unknown>>> {
  const { rows } = await scene.owner.query<{ last: number }>(
    `SELECT max(position)::int AS last FROM ledger.event WHERE type NOT IN ('StatementRedacted', 'PayloadsErased')`,
  );
  const last = rows[0]?.last ?? 0;
  const paths = Array.from({ length: last }, (_, index) => index + 1)
    .flatMap((position) => [
      `status?validAt=2023-01-21&knownAt=${position}`,
      `status?validAt=2023-01-26&knownAt=${position}&explain=true`,
      `timeline?knownAt=${position}`,
      `claims?knownAt=${position}`,
      `positions?knownAt=${position}`,
    ])
    .concat('status?validAt=2023-01-21', 'status?validAt=2023-01-26', 'timeline', 'changes');
  const told: Record<string, unknown> = {};
  for (const path of paths) {
    const { status, body } = await scene.send('GET', `/v1/corridors/lachin-corridor/${path}`);
    told[path] = { status, body };
  }
  return told;
}

/** Without the words, and without the positions of what was asked just now. */
function butForTheWords(value: unknown): unknown {
  const wordy = ['quote', 'title', 'speakerName', 'redacted', 'explanation', 'asOf', 'checkpoint', 'next'];
  return JSON.parse(
    JSON.stringify(value, (name, part: unknown) => (wordy.includes(name) ? undefined : part)),
  ) as unknown;
}

const placesWith = (sought: readonly string[]) => placesWithWords(scene.owner, sought);

it('answers with the statement as it is now: without its words, with its custody', () => {
  expect(answered.status).toBe(201);
  expect(answered.body).toMatchObject({
    statementId,
    title: null,
    body: '[redacted]',
    redacted: { reason: 'It names a private person.', requestedBy: 'Access desk' },
    custody: { bytesSha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
  });
  expect(answered.body['claims']).toEqual(
    expect.arrayContaining([expect.objectContaining({ quote: '[redacted]', redacted: true })]),
  );
});

it('leaves no word of it in any table', async () => {
  expect(await placesWith(words)).toEqual([]);
  // The search is one that finds what is there.
  expect([...new Set(held.map((place) => place.replace(/^\S+ in /, '')))].sort()).toEqual([
    'blockade_status.claim.claim',
    'blockade_status.corridor.state',
    'blockade_status.status_change.change',
    'ingestion.statement.title',
    'ledger.erasable_payload.payload',
    'notification.event.body',
  ]);
});

it('changes no answer but for the words, neither now nor as of any earlier position', async () => {
  const after = await answers();
  expect(butForTheWords(after)).toEqual(butForTheWords(before));
  expect(JSON.stringify(after)).toContain('"redacted":true');
});

it('projects the same rows anew, byte for byte, as it had made by taking the words away', async () => {
  const kept = await derivedRows();
  const { rows: positions } = await scene.owner.query('SELECT position FROM ledger.head');
  await scene.stop();
  for (const table of derived) await scene.owner.query(`TRUNCATE ${table}`);
  await scene.owner.query(`
    UPDATE ingestion.text_index SET position = 0;
    DELETE FROM ingestion.checkpoint WHERE projector <> 'ingestion-sources';
    DELETE FROM blockade_status.checkpoint`);
  await scene.start();
  await scene.settled();
  expect(await derivedRows()).toEqual(kept);
  // No decision was made otherwise, or made anew.
  expect((await scene.owner.query('SELECT position FROM ledger.head')).rows).toEqual(positions);
});

it('is the same history to a replay: every table, and every decision derived anew', async () => {
  const { id } = await post<{ id: string }>('/v1/audit/replays', {});
  const state = async () => (await scene.send('GET', `/v1/audit/replays/${id}`)).body;
  await until(
    'the replay has ended',
    async () => !['waiting', 'running'].includes(String((await state())['state'])),
  );
  expect(await state()).toMatchObject({ state: 'identical' });
});

it('leaves bundles from before as good as they were, and gives such that verify without the words', async () => {
  for (const bundle of exported) {
    expect(await verified(bundle)).toMatchObject({ erasedCount: 0 });
    expect(bundle).toContain('quillwort');
  }
  for (const bundle of await exports()) {
    const { erasedCount } = await verified(bundle);
    expect(erasedCount).toBeGreaterThan(0);
    expect(bundle).not.toContain('quillwort');
    // A stub that somebody wrote is found out.
    const written = bundle.replace('"quote":"[redacted]"', '"quote":"[removed]"');
    await expect(verified(written)).rejects.toMatchObject({ code: 'stub_altered' });
  }
});

it('takes the words from a decision that a process made which had not learnt of it yet', async () => {
  const pool = openPool({
    databaseUrl: scene.database.url,
    role: ledgerWriterRole,
    applicationName: 'a slow process',
    connectionsMax: 2,
  });
  const ledger = openLedger({ pool });
  const stream = await ledger.readStream('corridor-status-lachin-corridor');
  const decision = stream.findLast((event) => event.type === 'CorridorStatusChanged');
  const evidence = decision!.payload.evidence.map(({ redacted: _redacted, ...item }) => ({
    ...item,
    statementId,
    quote: 'No quillwort passes.',
  }));
  await ledger.append({
    streamId: 'corridor-status-lachin-corridor',
    expectedVersion: 'any',
    events: [
      { type: 'CorridorStatusChanged', payload: { ...decision!.payload, evidence }, eventId: randomUUID() },
    ],
    cause: { actor: 'slow', correlationId: 'slow', causationId: null, traceparent: null },
  });
  await ledger.close();
  await pool.end();
  await scene.settled();
  await until('the words are gone', async () => (await placesWith(words)).length === 0);
});

it('is not brought back by the same text, however it is typeset', async () => {
  for (const body of [personal.body, personal.body.replaceAll(' ', '  ')]) {
    const { status, body: again } = await scene.send<Received>('POST', '/v1/statements', {
      ...personal,
      body,
    });
    expect({ status, id: again.statementId, duplicate: again.duplicate }).toEqual({
      status: 200,
      id: statementId,
      duplicate: true,
    });
    expect(new Set(again.claims.map(({ quote }) => quote))).toEqual(new Set(['[redacted]']));
  }
  await scene.settled();
  expect(await placesWith(words)).toEqual([]);
});

it('forgets the answer that it kept for the request', async () => {
  const again = await scene.send('POST', '/v1/statements', personal, { 'idempotency-key': 'personal' });
  expect(again.headers['idempotent-replayed']).toBeUndefined();
  expect(JSON.stringify(again.body)).not.toContain('quillwort');
});

it('answers a repetition as the first time, and records nothing more', async () => {
  const head = async (): Promise<unknown> =>
    (await scene.owner.query('SELECT position FROM ledger.head')).rows;
  const position = await head();
  const again = await scene.send('POST', `/v1/statements/${statementId}/redaction`, { reason: 'Once more.' });
  expect(again).toMatchObject({ status: 201, body: { redacted: answered.body['redacted'] } });
  expect(await head()).toEqual(position);
});

it('refuses to judge claims by words that are gone, and lets the statement be retracted', async () => {
  const { body } = await scene.send<Received>('GET', `/v1/statements/${statementId}`);
  const review = { decision: 'confirm', reviewer: 'Desk' };
  expect(await scene.send('POST', `/v1/claims/${body.claims[0]!.claimId}/review`, review)).toMatchObject({
    status: 409,
    body: { type: 'urn:corridor-watch:problem:statement_redacted' },
  });
  expect(
    await scene.send('POST', `/v1/statements/${statementId}/retraction`, { reason: 'A mistake.' }),
  ).toMatchObject({
    body: { retracted: true, redacted: { reason: 'It names a private person.' } },
  });
});

it.each([
  [
    'of a statement that is not there',
    '00000000-0000-4000-8000-000000000000',
    { reason: 'It names someone.' },
    404,
  ],
  ['without a reason', null, {}, 400],
  ['with an empty reason', null, { reason: '  ' }, 400],
  ['with a reason of more than 2,000 characters', null, { reason: 'a'.repeat(2_001) }, 400],
  ['with a field that nobody knows', null, { reason: 'It names someone.', undo: true }, 400],
])('refuses a redaction %s', async (_what, id, payload, status) => {
  const answer = await scene.send('POST', `/v1/statements/${id ?? statementId}/redaction`, payload);
  expect(answer.status).toBe(status);
});

it('is for administrators alone', async () => {
  const issued = await post<{ key: string }>('/v1/keys', {
    name: 'desk',
    scopes: ['statements:write', 'claims:review'],
  });
  const answer = await scene.send(
    'POST',
    `/v1/statements/${statementId}/redaction`,
    { reason: 'It names someone.' },
    { authorization: `Bearer ${issued.key}` },
  );
  expect(answer.status).toBe(403);
});

it('keeps both apart where a decision quotes two statements and the second is redacted later', async () => {
  const { body } = await scene.send<{ items: { statementId: string; publisher: string }[] }>(
    'GET',
    '/v1/statements?publisher=Road%20Courier',
  );
  const other = body.items[0]!.statementId;
  await post(`/v1/statements/${other}/redaction`, { reason: 'It says the same.' });
  await scene.settled();
  expect(await placesWith([...words, 'remains restricted', 'lack of gas'])).toEqual([]);
  const quoted = JSON.stringify(await scene.send('GET', '/v1/corridors/lachin-corridor/changes'));
  expect(quoted).toContain(other);
  expect(quoted).toContain(statementId);
});

it('is gone from what a replay put aside and told of, too', async () => {
  const text = personal.body.replaceAll('quillwort', 'clover').replaceAll('Friday', 'Monday');
  const { statementId: third } = await post<Received>('/v1/statements', { ...personal, body: text });
  await scene.settled();
  // Somebody writes into a row, so that a replay has a difference to tell of.
  await scene.owner.query(
    `UPDATE blockade_status.claim SET claim = replace(claim::text, 'no clover passes', 'clover passes')::json`,
  );
  const { id } = await post<{ id: string }>('/v1/audit/replays', { switch: true });
  await until('the tables are switched', async () => {
    const { rows } = await scene.owner.query(
      `SELECT 1 FROM replay.part WHERE run_id = $1 HAVING bool_and(finished_at IS NOT NULL)`,
      [id],
    );
    return rows.length > 0;
  });
  const aside = (await placesWith(['clover'])).filter((place) => /_before|replay/.test(place));
  expect(aside).toEqual(
    expect.arrayContaining(['clover in blockade_status_before.claim.claim', 'clover in replay.part.result']),
  );
  await post(`/v1/statements/${third}/redaction`, { reason: 'It names a private person.' });
  await scene.settled();
  expect(await placesWith(['clover'])).toEqual([]);
});

it('takes away in the end what a process that was stopped half-way has left', async () => {
  const other = {
    ...personal,
    body: personal.body.replaceAll('Friday', 'Sunday').replaceAll('quillwort', 'sorrel'),
  };
  const received = await post<Received>('/v1/statements', other);
  await scene.settled();
  const right = 'EXECUTE ON FUNCTION ledger.erase(bigint, text[])';
  await scene.owner.query(`REVOKE ${right} FROM corridor_watch_ledger_eraser`);
  const failed = await scene.send('POST', `/v1/statements/${received.statementId}/redaction`, {
    reason: 'Again.',
  });
  expect(failed.status).toBe(503);
  expect(await placesWith(['sorrel'])).toContain('sorrel in ledger.erasable_payload.payload');
  await scene.stop();
  await scene.owner.query(`GRANT ${right} TO corridor_watch_ledger_eraser`);
  await scene.start();
  await scene.settled();
  expect(await placesWith(['sorrel', 'Zephyrina'])).toEqual([]);
});

const derived = [
  ...[
    'statement',
    'statement_claim',
    'retraction',
    'supersession',
    'reading',
    'claim',
    'assessment',
    'redaction',
  ].map((table) => `ingestion.${table}`),
  ...['text', 'text_band'].map((table) => `ingestion.${table}`),
  ...[
    'corridor',
    'corridor_definition',
    'corridor_setting',
    'claim',
    'statement_end',
    'status_change',
    'turn',
  ].map((table) => `blockade_status.${table}`),
  ...['evidence_day', 'redaction'].map((table) => `blockade_status.${table}`),
];

async function derivedRows(): Promise<Readonly<Record<string, readonly string[]>>> {
  const kept: Record<string, readonly string[]> = {};
  for (const table of derived) {
    const { rows } = await scene.owner.query<{ row: string }>(
      `SELECT t::text AS row FROM ${table} AS t ORDER BY 1`,
    );
    kept[table] = rows.map(({ row }) => row);
  }
  return kept;
}

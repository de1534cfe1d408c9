import { reports, withoutLastParagraph } from '../../test/convoy-news.ts';
import { ingestionScene, type IngestionScene } from '../../test/ingestion-scene.ts';

interface Received {
  readonly statementId: string;
  readonly duplicate: boolean;
  readonly cluster: string;
}

let scene: IngestionScene;
let other: IngestionScene;

beforeAll(async () => {
  scene = await ingestionScene();
  other = await ingestionScene({ besides: scene });
});

afterAll(async () => {
  await other.close();
  await scene.close();
});

const report = (publisher: string, body: string, more: object = {}) => ({
  publisher,
  publishedAt: '2023-01-20',
  body,
  ...more,
});
const receive = async (publisher: string, body: string, at = scene) =>
  (await at.send<Received>('POST', '/v1/statements', report(publisher, body))).body;

it('gives a reprint the cluster of the first, and another report its own', async () => {
  const first = await receive('Agency', reports.bridge);
  const reprint = await receive('Courier', `By our own staff\n${withoutLastParagraph(reports.bridge)}`);
  const another = await receive('Courier', reports.harvest);
  expect(first.cluster).toBe(first.statementId);
  expect(reprint).toMatchObject({ duplicate: false, cluster: first.statementId });
  expect(another.cluster).toBe(another.statementId);
});

it('records the cluster on the statement and on its claims, and shows the copies', async () => {
  const text = `Update of the evening. ${reports.bridge.replaceAll('Thursday', 'Friday')}`;
  const first = await receive('Evening Agency', text);
  const copies = [await receive('Evening Courier', text), await receive('Evening Post', text)];
  const { body } = await scene.send('GET', `/v1/statements/${first.statementId}`);
  expect(body).toMatchObject({
    cluster: first.cluster,
    copies: expect.arrayContaining(
      copies.map(({ statementId }) => expect.objectContaining({ statementId }) as unknown),
    ) as unknown,
  });
  const view = body as { copies: unknown[]; copyCount: number };
  expect(view.copyCount).toBe(view.copies.length);
  for (const { statementId } of copies) {
    const events = await scene.ledger.readStream(`statement-${statementId}`);
    expect(events.map(({ type }) => type)).toEqual(['StatementReceived', 'StatementCoded']);
    for (const { payload } of events) expect(payload).toMatchObject({ cluster: first.cluster });
  }
});

it('shows on each claim of which cluster it is', async () => {
  const text = reports.bridge.replaceAll('Thursday', 'Sunday');
  const first = await receive('Sunday Agency', text);
  const copy = await receive('Sunday Courier', text);
  await scene.settled();
  const { body } = await scene.send<{ items: { statementId: string; claimId: string; cluster: string }[] }>(
    'GET',
    '/v1/claims?limit=1000',
  );
  const own = body.items.filter(({ statementId }) => statementId === copy.statementId);
  expect(new Set(own.map(({ cluster }) => cluster))).toEqual(new Set([first.cluster]));
  expect((await scene.send('GET', `/v1/claims/${own[0]?.claimId ?? ''}`)).body).toMatchObject({
    cluster: first.cluster,
  });
});

it('lists a cluster', async () => {
  const { cluster } = await receive('Agency', reports.bridge);
  await scene.settled();
  const { body } = await scene.send<{ items: { publisher: string; cluster: string }[] }>(
    'GET',
    `/v1/statements?cluster=${cluster}`,
  );
  expect(body.items.length).toBeGreaterThan(2);
  for (const item of body.items) expect(item.cluster).toBe(cluster);
});

it('takes a short text for a copy only when it is the same', async () => {
  const first = await receive('Agency', 'The valley road is shut.');
  expect(await receive('Courier', 'The valley road is shut!')).toMatchObject({ cluster: first.cluster });
  const another = await receive('Courier', 'The valley road was shut.');
  expect(another.cluster).toBe(another.statementId);
});

it('takes a text of the same publisher in another typesetting for the same statement', async () => {
  const first = await receive('Agency', 'The “upper” road – is shut.');
  const again = await receive('Agency', ' The "upper" road -\n is shut. ');
  expect(again).toMatchObject({ duplicate: true, statementId: first.statementId });
});

it('agrees on one cluster when copies come at once, to two instances and in one batch', async () => {
  const line = (index: number) =>
    report(`Paper ${index}`, `From our reporter ${'abcdefghij'[index % 10] ?? ''}. ${reports.bakery}`);
  const numbers = Array.from({ length: 30 }, (_, index) => index);
  const [here, there] = await Promise.all([
    scene.sendLines<Received>('/v1/statements/batch', numbers.slice(0, 15).map(line)),
    other.sendLines<Received>('/v1/statements/batch', numbers.slice(15).map(line)),
  ]);
  const all = [...here, ...there];
  expect(all).toHaveLength(30);
  const [cluster] = new Set(all.map((received) => received.cluster));
  for (const received of all) expect(received).toMatchObject({ cluster, duplicate: false });
  expect(all.filter(({ statementId }) => statementId === cluster)).toHaveLength(1);
});

it('agrees on one cluster each time when an original and its reprint come to two instances at once', async () => {
  for (const round of 'abcdefghijklmnop') {
    // Each round of words of its own.
    const text = reports.bridge.replaceAll(/\w+/g, `$&${round}`);
    const [here, there] = await Promise.all([
      receive(`Agency ${round}`, text),
      receive(`Courier ${round}`, `By our own staff. ${text}`, other),
    ]);
    expect([here.statementId, there.statementId]).toContain(here.cluster);
    expect(there.cluster).toBe(here.cluster);
  }
});

it('takes one text that comes to two instances at once for one statement', async () => {
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      receive('Agency', 'The lower road is shut, both say.', index % 2 === 0 ? scene : other),
    ),
  );
  expect(new Set(answers.map(({ statementId }) => statementId)).size).toBe(1);
  expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
});

it('reads the index from the ledger when it is empty, as on a ledger from before', async () => {
  const first = await receive('Agency', reports.bridge);
  // More than are read at once.
  expect((await scene.pool.query('SELECT FROM ingestion.text')).rowCount).toBeGreaterThan(64);
  await scene.pool.query('DELETE FROM ingestion.text_band');
  await scene.pool.query('DELETE FROM ingestion.text');
  await scene.pool.query('UPDATE ingestion.text_index SET position = 0');
  const reprint = await receive('Latecomer', `Late edition. ${reports.bridge}`);
  expect(reprint.cluster).toBe(first.cluster);
  expect(await receive('Agency', reports.bridge)).toMatchObject({ duplicate: true });
});

import { ingestionScene, type IngestionScene } from '../../test/ingestion-scene.ts';

interface Received {
  readonly statementId: string;
  readonly duplicate: boolean;
  readonly revises: string | null;
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

const page = (name: string) => `https://news.example/${name}`;
const report = (url: string, body: string, publishedAt: string) => ({
  publisher: 'Valley Herald',
  publishedAt,
  url,
  body,
  about: ['lachin-corridor'],
});
const receive = async (url: string, body: string, publishedAt = '2023-01-20') =>
  (await scene.send<Received>('POST', '/v1/statements', report(url, body, publishedAt))).body;
const view = async (statementId: string) => (await scene.send('GET', `/v1/statements/${statementId}`)).body;

describe('different facts of one page', () => {
  const facts = [
    ['The Lachin corridor is blocked by people in civilian clothes.', '2023-01-20'],
    ['A Red Cross convoy reached Stepanakert with nineteen tonnes of flour.', '2023-01-22'],
    ['Parents of children in hospital ask for medicine that has run out.', '2023-01-21'],
  ] as const;
  const standingOf = async (statementIds: readonly string[]) => {
    const views = await Promise.all(statementIds.map(view));
    return views.map(({ supersededBy }) => supersededBy === null);
  };

  it.each([
    ['as they are dated', 'j', [0, 2, 1]],
    ['the latest first', 'k', [1, 2, 0]],
    ['in no order', 'l', [1, 0, 2]],
  ] as const)('all stand when they come %s', async (_, name, order) => {
    const ids: string[] = [];
    for (const index of order) {
      const [body, publishedAt] = facts[index];
      // A page each, and words of its own, since one text of one publisher is one statement.
      const received = await receive(page(name), `${body} (${name})`, publishedAt);
      expect(received).toMatchObject({ duplicate: false, revises: null });
      ids.push(received.statementId);
    }
    expect(await standingOf(ids)).toEqual([true, true, true]);
    expect(await view(ids[0] ?? '')).toMatchObject({
      versions: [{ statementId: ids[0], supersededBy: null }],
    });
  });

  it('stand when they come at once, in one batch and to two instances', async () => {
    const lines = facts.map(([body, publishedAt]) => report(page('m'), `${body} (m)`, publishedAt));
    const [here, there] = await Promise.all([
      scene.sendLines<Received>('/v1/statements/batch', lines),
      other.sendLines<Received>('/v1/statements/batch', lines),
    ]);
    const ids = [...new Set([...here, ...there].map(({ statementId }) => statementId))];
    expect(ids).toHaveLength(3);
    expect(await standingOf(ids)).toEqual([true, true, true]);
  });

  it('stand when one of them is corrected, and stay so when all is sent once more', async () => {
    const texts = [
      ...facts.map(([body, publishedAt]) => [`${body} (n)`, publishedAt] as const),
      [`${facts[1][0].replace('nineteen', 'ninety')} (n)`, '2023-01-22'] as const,
    ];
    const received: Received[] = [];
    for (const [body, publishedAt] of texts) received.push(await receive(page('n'), body, publishedAt));
    const ids = received.map(({ statementId }) => statementId);
    expect(received.map(({ revises }) => revises)).toEqual([null, null, null, ids[1]]);
    expect(await standingOf(ids)).toEqual([true, false, true, true]);
    expect(await view(ids[3] ?? '')).toMatchObject({
      versions: [
        { statementId: ids[1], supersededBy: ids[3] },
        { statementId: ids[3], supersededBy: null },
      ],
    });
    const { position } = await scene.ledger.head();
    for (const [body, publishedAt] of texts) {
      expect(await receive(page('n'), body, publishedAt)).toMatchObject({ duplicate: true });
    }
    expect((await scene.ledger.head()).position).toBe(position);
  });
});

it('tells versions of a page by their words also after the index was emptied', async () => {
  const first = await receive(page('p'), 'The Lachin corridor is blocked near the bridge.');
  await scene.pool.query('DELETE FROM ingestion.text_band');
  await scene.pool.query('DELETE FROM ingestion.text');
  await scene.pool.query('UPDATE ingestion.text_index SET position = 0');
  const second = await receive(
    page('p'),
    'Flour, salt and sugar are sold by coupon since Friday, shops say.',
  );
  const third = await receive(page('p'), 'The Lachin corridor is blocked behind the bridge.');
  expect([second.revises, third.revises]).toEqual([null, first.statementId]);
});

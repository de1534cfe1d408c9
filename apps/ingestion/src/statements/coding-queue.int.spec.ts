import { ingestionScene, type IngestionScene } from '../../test/ingestion-scene.ts';
import { newsSentences } from './news-sentences.fixture.ts';

interface Received {
  readonly statementId: string;
  readonly claims: readonly unknown[];
}

let scene: IngestionScene;

beforeAll(async () => {
  scene = await ingestionScene();
});

afterAll(() => scene.close());

const receive = async (body: string, more: object = {}) =>
  (
    await scene.send<Received>('POST', '/v1/statements', {
      publisher: 'Valley Herald',
      publishedAt: '2023-01-20',
      about: ['lachin-corridor'],
      body,
      ...more,
    })
  ).body;
const textIn = (language: string) => (newsSentences[language] ?? []).join(' ');
const pending = async () => {
  await scene.settled();
  const { body } = await scene.send<{ items: readonly { statementId: string }[] }>(
    'GET',
    '/v1/statements?coding=pending',
  );
  return body.items.map(({ statementId }) => statementId);
};

it('queues what no coder reads, and says what language it found', async () => {
  const armenian = await receive(textIn('hy'));
  const english = await receive('The weather in the valley is fine, and nothing else is said here.');
  expect(armenian.claims).toEqual([]);
  expect(await pending()).toContain(armenian.statementId);
  expect(await pending()).not.toContain(english.statementId);
  expect((await scene.send('GET', `/v1/statements/${armenian.statementId}`)).body).toMatchObject({
    language: 'hy',
    languageBy: 'detector',
  });
});

it('takes a text of no known language for English where that finds claims, and else queues it', async () => {
  const said = await receive('Lachin corridor closed');
  const unsaid = await receive('🔥🔥 12 345');
  const left = await pending();
  expect(left).toContain(unsaid.statementId);
  expect(left).not.toContain(said.statementId);
});

it('does not code a text that is plainly in another language than its publisher says', async () => {
  const text = `${textIn('ru')} "The Lachin corridor is blocked."`;
  const { statementId, claims } = await receive(text, { language: 'en' });
  expect(claims).toEqual([]);
  expect(await pending()).toContain(statementId);
  const { body } = await scene.send('GET', `/v1/statements/${statementId}`);
  expect(body).toMatchObject({ language: 'en', languageBy: 'publisher', detectedLanguage: 'ru' });
});

it('lets go what a person has read, and what was found a claim in', async () => {
  const read = await receive(textIn('uk'));
  const claimed = await receive(textIn('az'));
  expect(await pending()).toEqual(expect.arrayContaining([read.statementId, claimed.statementId]));
  const reading = await scene.send('POST', `/v1/statements/${read.statementId}/review`, { reviewer: 'Desk' });
  const adding = await scene.send('POST', `/v1/statements/${claimed.statementId}/claims`, {
    reviewer: 'Desk',
    corridor: 'lachin-corridor',
    type: 'status',
    status: 'blocked',
    speaker: 'Valley Herald',
    quote: newsSentences['az']?.[0],
  });
  expect([reading.status, adding.status]).toEqual([expect.any(Number), 201]);
  const left = await pending();
  expect(left).not.toContain(read.statementId);
  expect(left).not.toContain(claimed.statementId);
});

it('lets go what was retracted or corrected', async () => {
  const retracted = await receive(textIn('ar'));
  await scene.send('POST', `/v1/statements/${retracted.statementId}/retraction`, { reason: 'Another road.' });
  const url = 'https://news.example/corrected';
  const corrected = await receive(textIn('fa'), { url });
  const correction = await receive(`${textIn('fa')} ${textIn('fa')}`, { url });
  const left = await pending();
  expect(left).not.toContain(retracted.statementId);
  expect(left).not.toContain(corrected.statementId);
  expect(left).toContain(correction.statementId);
});

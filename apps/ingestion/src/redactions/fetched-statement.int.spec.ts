import { createHash } from 'node:crypto';
import pg from 'pg';
import {
  closeWebServers,
  feedOf,
  openWebServer,
  type WebServer,
} from '../../../../test/harness/web-server.ts';
import { placesWithWords } from '../../../../test/harness/words-in-database.ts';
import { ingestionScene, type IngestionScene } from '../../test/ingestion-scene.ts';
import { article, rssOf, SourceDesk } from '../../test/source-desk.ts';

let scene: IngestionScene;
let desk: SourceDesk;
let owner: pg.Pool;
let server: WebServer;

beforeAll(async () => {
  scene = await ingestionScene();
  desk = new SourceDesk(scene);
  owner = new pg.Pool({ connectionString: scene.database.url, max: 1 });
  owner.on('error', () => undefined);
  server = await openWebServer();
});
afterAll(async () => {
  await closeWebServers();
  await owner.end();
  await scene.close();
});

const item = (guid: string, day: number, words: string) => ({
  guid,
  link: `${server.origin}/${guid}`,
  title: `About ${words}`,
  day,
  content: article(`It is about ${words}.`),
});
const places = () => placesWithWords(owner, ['quillwort']);

it('is gone from all that its feed left with us, and does not come back while the feed goes on to list it', async () => {
  server.serve('/feed', feedOf(rssOf([item('1', 20, 'quillwort'), item('2', 21, 'sorrel')])));
  const source = await desk.register(`${server.origin}/feed`, { about: ['lachin-corridor'] });
  const { statements } = await desk.poll(source);
  const redacted = statements.find(({ title }) => title === 'About quillwort')!;
  await scene.settled();
  expect((await places()).map((place) => place.replace(/^\S+ in /, '')).sort()).toEqual(
    expect.arrayContaining([
      'ingestion.received_bytes.gzipped',
      'ingestion.source_item.title',
      'ingestion.source_item.summary',
    ]),
  );

  const reason = { reason: 'It names a private person.' };
  await scene.send('POST', `/v1/statements/${redacted.statementId}/redaction`, reason);
  await scene.settled();
  expect(await places()).toEqual([]);

  const later = rssOf([item('1', 20, 'quillwort'), item('2', 21, 'sorrel'), item('3', 22, 'clover')]);
  server.serve('/feed', feedOf(later));
  const again = await desk.poll(source);
  expect(again.statements.map(({ title }) => title)).toEqual(['About clover']);
  await scene.settled();
  expect(await places()).toEqual([]);
  // Its bytes are not kept, since they hold the words; the custody names them by their hash all the same.
  expect(await desk.statement(again.statements[0]!.statementId)).toMatchObject({
    custody: { bytesOf: 'response', bytesSha256: createHash('sha256').update(later).digest('hex') },
  });
});

import { jest } from '@jest/globals';
import { ReadingRoom } from './reading-room.ts';

// Limits of time are what is tested here, and a busy machine takes its own.
jest.setTimeout(30_000);

const settings = { readersMax: 1, timeoutMs: 3_000, heapMbMax: 64, idleMs: 60_000 };
const url = 'https://news.example/feed';
const small = {
  bytes: Buffer.from('<rss><channel><title>Valley</title></channel></rss>'),
  charset: null,
  url,
};
let room: ReadingRoom;

beforeEach(() => {
  room = new ReadingRoom(settings);
});
afterEach(() => room.close());

describe('the reading room', () => {
  it('reads feeds, pages and pieces of feeds', async () => {
    await expect(room.readFeed(small)).resolves.toMatchObject({ format: 'rss', title: 'Valley' });
    await expect(room.readFragment({ kind: 'html', value: '<p>a<p>b' })).resolves.toBe('a\nb');
    const paragraph =
      '<p>The road is shut, the ministry said, and nobody passes, whatever the day, until further notice.</p>';
    const html = `<html><body><article>${paragraph.repeat(8)}</article></body></html>`;
    const page = await room.readPage({ bytes: Buffer.from(html), charset: null, url });
    expect(page.text.split('\n')).toHaveLength(8);
  });

  it('tells faults as they were', async () => {
    const broken = { ...small, bytes: Buffer.from('<rss>\n<channel>') };
    await expect(room.readFeed(broken)).rejects.toMatchObject({ code: 'xml_malformed', line: 2 });
  });

  it('gives up on a page that takes too long, and reads the next one', async () => {
    await room.close();
    // With memory for all of it and time for none, so that only time can end it.
    room = new ReadingRoom({ ...settings, heapMbMax: 1_024, timeoutMs: 1_500 });
    const html = `<html><body>${'<div>'.repeat(240_000)}`;
    const hostile = room.readPage({ bytes: Buffer.from(html), charset: null, url });
    const next = room.readFeed(small);
    await expect(hostile).rejects.toMatchObject({ code: 'reading_too_slow' });
    await expect(next).resolves.toMatchObject({ title: 'Valley' });
  });

  it('survives a document that takes too much memory, and reads the next one', async () => {
    const items = '{},'.repeat(1_600_000);
    const bytes = Buffer.from(`{"version":"https://jsonfeed.org/version/1","items":[${items}{}]}`);
    const patient = new ReadingRoom({ ...settings, timeoutMs: 30_000 });
    await expect(patient.readFeed({ bytes, charset: null, url })).rejects.toMatchObject({
      code: 'reading_too_large',
    });
    await expect(patient.readFeed(small)).resolves.toMatchObject({ title: 'Valley' });
    await patient.close();
  });

  it('leaves nobody waiting when it closes', async () => {
    const reading = [room.readFeed(small), room.readFeed(small)].map((each) =>
      each.catch((error: unknown) => error),
    );
    await room.close();
    await expect(Promise.all(reading)).resolves.toHaveLength(2);
    await expect(room.readFeed(small)).rejects.toMatchObject({ code: 'unreadable' });
  });
});

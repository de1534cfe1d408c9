import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SampleLog } from '../../../../test/harness/sample-log.ts';
import { Folder } from '../../test/run-command.ts';
import { TrustedLogStore } from './trusted-log.store.ts';

let folder: Folder;

beforeAll(async () => {
  folder = await Folder.make();
});

afterAll(async () => {
  await folder.remove();
});

it('keeps the first head and the latest, a thousand in all, in a file for its owner alone', async () => {
  const store = new TrustedLogStore(folder.path('state'));
  const notes = await Promise.all(
    Array.from({ length: 1_005 }, (_, at) => SampleLog.of(3).checkpoint(at === 0 ? 1 : 2 + (at % 2))),
  );
  const heads = notes.map((note, at) => note.replace('\n', `/${at}\n`));
  await store.write('log.example/a', { keys: '', heads });
  const { heads: kept } = await store.read('log.example/a');
  expect(kept).toEqual([heads[0], ...heads.slice(-999)]);
  expect((await stat(store.path('log.example/a'))).mode & 0o777).toBe(0o600);
  expect(await readdir(folder.path('state'))).toHaveLength(1);
});

it('keeps logs apart, whatever their names, and knows nothing of one that it never saw', async () => {
  const store = new TrustedLogStore(folder.path('others'));
  const origins = ['a', 'a/../b', '../../etc', `${'ü'.repeat(300)}1`, `${'ü'.repeat(300)}2`];
  for (const origin of origins) await store.write(origin, { keys: '', heads: [] });
  expect(await readdir(folder.path('others'))).toHaveLength(origins.length);
  for (const origin of origins) expect(join(store.path(origin), '..')).toBe(folder.path('others'));
  expect(await store.read('never seen')).toEqual({ keys: '', heads: [] });
});

import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openKeyFile } from './key-file.ts';

let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'key-file-'));
  file = join(directory, 'keys', 'log.key');
});

afterEach(() => rm(directory, { recursive: true }));

it('makes a key on first use, and finds it ever after', async () => {
  expect(await openKeyFile(file, () => 'first')).toEqual({ text: 'first', created: true });
  expect(await openKeyFile(file, () => 'second')).toEqual({ text: 'first', created: false });
});

it('lets nobody but its owner read it, and leaves nothing else behind', async () => {
  await openKeyFile(file, () => 'secret');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readdir(join(directory, 'keys'))).toEqual(['log.key']);
});

it('gives all that begin at once the same key', async () => {
  const opened = await Promise.all(Array.from({ length: 20 }, (_, n) => openKeyFile(file, () => `key ${n}`)));
  expect(new Set(opened.map(({ text }) => text)).size).toBe(1);
  expect(opened.filter(({ created }) => created)).toHaveLength(1);
});

it('refuses a key that others can read, and says how to mend it', async () => {
  await openKeyFile(file, () => 'secret');
  await chmod(file, 0o640);
  await expect(openKeyFile(file, () => 'other')).rejects.toThrow(
    `The key file ${file} can be read by others (mode 640): chmod 600 it.`,
  );
});

it('refuses an empty file, and does not take it for a missing one', async () => {
  await openKeyFile(file, () => 'secret');
  await writeFile(file, '\n');
  await expect(openKeyFile(file, () => 'other')).rejects.toThrow('is empty');
});

it('names a place where no file can be', async () => {
  const below = join(file, 'deeper', 'log.key');
  await openKeyFile(file, () => 'secret');
  await expect(openKeyFile(below, () => 'other')).rejects.toThrow(below);
});

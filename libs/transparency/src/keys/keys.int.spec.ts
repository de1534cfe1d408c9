import { chmod, copyFile, readFile, rm, stat } from 'node:fs/promises';
import { formatVkey, openTrusted, parseSkey, type SignerKey } from '#proofs';
import { logScene, type LogScene } from '../../test/log-scene.ts';
import { latestCheckpoint } from '../checkpoints/checkpoint.store.ts';
import { recordFileOf, SignedRecord } from '../checkpoints/signed-record.ts';
import { rotateKey } from './key-rotation.ts';
import { keyIn } from './key.source.ts';
import { freshLogKey } from './log-key.ts';
import { readTrust } from './trust.ts';

let scene: LogScene;

beforeEach(async () => {
  scene = await logScene();
});

afterEach(() => scene.close());

const rotate = () =>
  rotateKey({ pool: scene.pool, record: new SignedRecord(recordFileOf(scene.keys)) }, scene.keys);

async function signed(count: number): Promise<void> {
  const log = await scene.log();
  await scene.append(count);
  await scene.published(log);
  await log.stop();
}

async function fileKey(): Promise<SignerKey> {
  return parseSkey((await readFile(scene.keys.file, 'utf8')).trim());
}

describe('the key', () => {
  it('is made on the first start, for its owner alone, and is the same on the next', async () => {
    const first = await scene.log();
    expect((await stat(scene.keys.file)).mode & 0o777).toBe(0o600);
    expect(first.origin).toMatch(/^corridor-watch\.internal\/[0-9a-f]{16}$/);
    expect((await fileKey()).verifierKey.name).toBe(first.origin);
    const second = await scene.log();
    expect(second.origin).toBe(first.origin);
  });

  it('carries the origin that was asked for', async () => {
    const log = await scene.log({ keys: { ...scene.keys, origin: 'log.example/corridors' } });
    expect(log.origin).toBe('log.example/corridors');
  });

  it('is one and the same for instances that start at once', async () => {
    const logs = await Promise.all(Array.from({ length: 5 }, () => scene.log()));
    expect(new Set(logs.map(({ origin }) => origin)).size).toBe(1);
  });

  it('may come from the settings, and then no key is written to a file', async () => {
    const given = freshLogKey('log.example/given');
    const log = await scene.log({ keys: { ...scene.keys, given } });
    await scene.append(1);
    await scene.published(log);
    await expect(stat(scene.keys.file)).rejects.toThrow(/ENOENT/);
    expect((await stat(recordFileOf(scene.keys))).size).toBeGreaterThan(0);
  });

  it.each([
    ['that others can read', () => chmod(scene.keys.file, 0o644), {}, /can be read by others/],
    ['that is gone', () => rm(scene.keys.file), {}, /This log is signed with .*, and there is no key in/],
    [
      'of another origin',
      () => undefined,
      { origin: 'log.example/other' },
      /LOG_ORIGIN is "log\.example\/other"/,
    ],
    [
      'of another log',
      () => undefined,
      { given: freshLogKey('log.example/x') },
      /signing key is that of "log\.example\/x"/,
    ],
  ])('refuses to start with one %s', async (_, change, keys, sentence) => {
    await signed(1);
    await change();
    await expect(scene.log({ keys: { ...scene.keys, ...keys } })).rejects.toThrow(sentence);
  });

  it('refuses to start with one that the log does not know, and says which it knows', async () => {
    await signed(1);
    const known = formatVkey((await fileKey()).verifierKey);
    const given = freshLogKey((await fileKey()).verifierKey.name);
    const start = scene.log({ keys: { ...scene.keys, given } });
    await expect(start).rejects.toThrow(`is not known to this log, which is signed with ${known}`);
  });

  it('refuses a folder that cannot be written, and names the setting', async () => {
    const file = `${scene.keys.file}/deeper/signing.key`;
    await signed(1);
    await expect(scene.log({ keys: { ...scene.keys, file } })).rejects.toThrow(/LOG_SIGNING_KEY_FILE/);
  });
});

describe('a rotation', () => {
  it('has both keys sign the checkpoint at which one follows the other, and every checkpoint holds by the trust file', async () => {
    const log = await scene.log();
    await scene.append(5);
    await scene.published(log);
    const { oldVkey, newVkey, size } = await rotate();
    await scene.append(2);
    await scene.published(log);
    expect(size).toBe(5);
    const trust = await readTrust(scene.pool, []);
    const { rows } = await scene.owner.query<{ size: number; note: string }>(
      `SELECT c.size::int, c.note || coalesce(s.line, '') AS note FROM transparency.checkpoint c
       LEFT JOIN transparency.cosignature s USING (size) ORDER BY size`,
    );
    const signers = rows.map(({ size: of, note }) => [
      of,
      openTrusted(note, trust).logKeys.map((key) => formatVkey(key)),
    ]);
    expect(signers).toEqual([
      [5, [oldVkey, newVkey]],
      [7, [newVkey]],
    ]);
    expect((await latestCheckpoint(scene.pool))?.size).toBe(7);
  });

  it('leaves the old key nothing to sign, whoever still has it', async () => {
    await signed(3);
    const old = await fileKey();
    await copyFile(scene.keys.file, `${scene.keys.file}.stolen`);
    await rotate();
    await expect(scene.log({ keys: { ...scene.keys, given: old } })).rejects.toThrow(
      /was replaced at size 3: the log is signed with/,
    );
  });

  it('takes effect in an instance that runs, with the key of the file', async () => {
    const log = await scene.log();
    await scene.append(1);
    await scene.published(log);
    for (let each = 0; each < 3; each += 1) {
      await rotate();
      await scene.append(1);
      await scene.published(log);
    }
    expect(log.health().refusal).toBeNull();
    expect(
      (await readTrust(scene.pool, [])).logKeys.map(({ fromSize, untilSize }) => [fromSize, untilSize]),
    ).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
      [3, null],
    ]);
  });

  it('is ended by the next start when it was cut off before the file was in its place', async () => {
    await signed(2);
    await copyFile(scene.keys.file, `${scene.keys.file}.before`);
    const { newVkey } = await rotate();
    // As it was after the commit: the new key aside, the old one in place.
    await copyFile(scene.keys.file, `${scene.keys.file}.next`);
    await copyFile(`${scene.keys.file}.before`, scene.keys.file);
    const log = await scene.log();
    await scene.append(1);
    await scene.published(log);
    expect(formatVkey((await fileKey()).verifierKey)).toBe(newVkey);
  });

  it('changes nothing when it was cut off before it was committed, and takes the same key the next time', async () => {
    await signed(2);
    const pending = freshLogKey((await fileKey()).verifierKey.name);
    await keyIn(`${scene.keys.file}.next`, () => pending);
    const log = await scene.log();
    await scene.append(1);
    await scene.published(log);
    expect((await rotate()).newVkey).toBe(formatVkey(pending.verifierKey));
  });

  it('of a log that has signed nothing leaves the old key no size at all', async () => {
    await scene.log();
    expect((await rotate()).size).toBe(0);
    const log = await scene.log();
    await scene.append(1);
    await scene.published(log);
    const { logKeys } = await readTrust(scene.pool, []);
    expect(logKeys.map(({ fromSize, untilSize }) => [fromSize, untilSize])).toEqual([
      [0, 0],
      [0, null],
    ]);
  });

  it('signs no tree that is not the one signed before', async () => {
    await signed(4);
    const client = await scene.owner.connect();
    await client.query(`SET session_replication_role = replica;
      UPDATE transparency.tile SET hashes = overlay(hashes PLACING sha256('x') FROM 1);
      RESET session_replication_role`);
    client.release();
    await scene.append(1);
    await scene.owner.query('UPDATE transparency.tree SET size = 5');
    await scene.owner.query("UPDATE transparency.tile SET hashes = hashes || sha256('y')");
    await expect(rotate()).rejects.toThrow(/the history was altered/);
    expect((await readTrust(scene.pool, [])).logKeys).toHaveLength(1);
  });

  it('needs a log', async () => {
    await expect(rotate()).rejects.toThrow('There is no log yet');
  });
});

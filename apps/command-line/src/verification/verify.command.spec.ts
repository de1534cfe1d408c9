import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatTrustFile, formatVkey, signatureTypes, signerKey } from '#proofs';
import { altered, alterations, alterationsOfWhole } from '../../../../test/harness/bundle-alterations.ts';
import { logKey, logOrigin, SampleLog, witnessKey } from '../../../../test/harness/sample-log.ts';
import { Folder, runCommand } from '../../test/run-command.ts';
import { VerifierProcess } from '../../test/verifier-process.ts';

const log = SampleLog.of(600);
const stranger = signerKey(logOrigin, signatureTypes.note, Buffer.alloc(32, 9));
let verifier: VerifierProcess;
let whole: string[];
let trust: string;
let stateCount = 0;

beforeAll(async () => {
  verifier = await VerifierProcess.make();
  whole = await log.wholeBundle();
  trust = await verifier.write('log.trust', trustOf(logKey));
});

afterAll(async () => {
  await verifier.remove();
});

it('verifies a bundle with Node and this one file', async () => {
  const file = await verifier.write('bundle.ndjson', whole);
  const { exitCode, stdout, stderr } = await verifier.run(['--trust', trust, file]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toContain('Verified: the whole ledger of log.example/corridors, 600 events\n');
  expect(stdout).toContain('cosigned  by witness.example/first at 2026-01-01T00:00:00Z\n');
  expect(stdout).toContain('Not checked: whether what the statements say is true.\n');
  expect(await readdir(verifier.folder)).toEqual(
    expect.arrayContaining(['.local', 'corridor-watch-verify.mjs']),
  );
});

it('is a command of the command line, too', async () => {
  const folder = await Folder.make();
  const { exitCode, stdout } = await runCommand(['verify', '--no-state', '-'], whole.join(''));
  expect({ exitCode }).toEqual({ exitCode: 0 });
  expect(stdout).toContain('FIRST USE');
  const missing = await runCommand(['verify', '--no-state', folder.path('none.ndjson')]);
  expect(missing).toMatchObject({ exitCode: 2, stdout: '' });
  expect(missing.stderr).toMatch(/none.ndjson cannot be read: ENOENT/);
  await folder.remove();
});

it('says of the events of a corridor that none need be left out', async () => {
  const bundle = await log.corridorBundle('lachin-corridor');
  const { exitCode, stdout } = await verifier.run(['--no-state', '--trust', trust, '-'], bundle);
  expect(exitCode).toBe(0);
  expect(stdout).toContain(
    'Not checked: whether what the statements say is true; whether events of the corridor were left out',
  );
});

describe('what is wrong with a bundle has a code, a place and an exit code', () => {
  const notBegun = ['the bundle is of another format'];

  it.each([...alterations, ...alterationsOfWhole])('$when: $code', async (alteration) => {
    const { when, code, position } = alteration;
    const exitCode = notBegun.includes(when) ? 2 : 1;
    const record = await verifier.record(['--no-state', '--trust', trust], altered(whole, alteration));
    expect(record).toMatchObject({ verified: false, exitCode, code, position });
    expect(record['message']).toMatch(/^Line \d+/);
  });

  it('a proof for a position beyond the checkpoint: beyond_tree', async () => {
    const [header = '', ...lines] = await log.corridorBundle('lachin-corridor', {
      checkpoint: await log.cosignedCheckpoint(300),
    });
    const record = await verifier.record(['--no-state', '--trust', trust], [header, ...lines.slice(100)]);
    expect(record).toMatchObject({ exitCode: 1, code: 'beyond_tree', position: 301 });
  });

  it('the wrong key: no_known_signature', async () => {
    const wrong = await verifier.write('wrong.trust', trustOf(stranger));
    const record = await verifier.record(['--no-state', '--trust', wrong], whole);
    expect(record).toMatchObject({ exitCode: 1, code: 'no_known_signature' });
  });

  it('a key that signs beyond its time: key_not_for_size', async () => {
    const old = await verifier.write('old.trust', trustOf(logKey).replace('sizes:0-', 'sizes:0-599'));
    const record = await verifier.record(['--no-state', '--trust', old], whole);
    expect(record).toMatchObject({ exitCode: 1, code: 'key_not_for_size' });
  });

  it('fewer cosignatures than were asked for', async () => {
    const args = ['--no-state', '--trust', trust, '--cosignatures'];
    expect(await verifier.record([...args, '1'], whole)).toMatchObject({ exitCode: 0 });
    expect(await verifier.record([...args, '2'], whole)).toMatchObject({
      exitCode: 1,
      code: 'no_known_signature',
    });
  });

  it('bytes that are no UTF-8: bad_text', async () => {
    const bundle = Buffer.concat([Buffer.from(whole.slice(0, 300).join('')), Buffer.of(0xff, 0x0a)]);
    const record = await verifier.record(['--no-state', '--trust', trust], bundle);
    expect(record).toMatchObject({ exitCode: 1, code: 'bad_text', line: 301 });
  });

  it('text of the bundle that would steer the terminal is not obeyed', async () => {
    const lines = whole.with(0, whole[0]!.replace('"format":"', String.raw`"format":"\u001b[2J\u009b2J`));
    const { stdout } = await verifier.run(['--no-state', '-'], lines);
    expect(stdout).toMatch(/^NOT VERIFIED/);
    // eslint-disable-next-line no-control-regex
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });
});

it('holds no more of a bundle than a line', async () => {
  const bundle = await SampleLog.of(30_000).wholeBundle();
  const heap = ['--max-old-space-size=16', '--max-semi-space-size=2'];
  expect(Buffer.byteLength(bundle.join(''))).toBeGreaterThan(16 * 2 ** 20);
  const { exitCode, stderr } = await verifier.run(['--no-state', '-'], bundle, heap);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
});

describe('what cannot start', () => {
  it.each([
    ['no bundle', ['missing.ndjson'], /missing.ndjson cannot be read: ENOENT/],
    ['no trust file', ['--trust', 'missing.trust', '-'], /missing.trust cannot be read: ENOENT/],
    ['a trust file that is none', ['--trust', 'broken.trust', '-'], /broken.trust: .*Line 1/],
    ['a count that is none', ['--cosignatures', '-1', '-'], /It must be a count/],
    ['no argument', [], /missing required argument 'bundle'/],
    ['an option that is not known', ['--frobnicate', '-'], /unknown option/],
  ])('%s', async (_what, args, message) => {
    await verifier.write('broken.trust', 'log nonsense\n');
    const { exitCode, stderr } = await verifier.run(['--no-state', ...args], whole);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(message);
  });

  it.each([
    ['an empty bundle', ''],
    ['another file', 'hello\n'],
    ['bytes', '\u0000\u0001\n'],
  ])('%s', async (_what, input) => {
    expect(await verifier.record(['--no-state'], input)).toMatchObject({
      exitCode: 2,
      code: 'malformed_bundle',
    });
  });

  it('a state that is damaged is not forgotten', async () => {
    const state = join(verifier.folder, 'damaged');
    await verifier.run(['--state', state, '-'], whole);
    const [file = ''] = await readdir(state);
    await writeFile(join(state, file), '{"format":');
    const { exitCode, stderr } = await verifier.run(['--state', state, '-'], whole);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/keeps what was trusted of log.example\/corridors, and is damaged/);
  });
});

describe('what was trusted before', () => {
  it('says plainly that the key is believed on first use, and keeps it', async () => {
    const state = freshState();
    const first = await verifier.run(['--state', state, '-'], whole);
    expect(first.stdout).toMatch(/FIRST USE: the key came with the bundle/);
    expect(first.stdout).toContain(formatVkey(logKey.verifierKey));
    const second = await verifier.run(['--state', state, '-'], whole);
    expect(second.stdout).not.toContain('FIRST USE');
    expect(second.stdout).toContain('the same head was verified before');
    const forged = await log.wholeBundle({ checkpoint: await log.checkpoint(600, stranger) });
    const own = forged.with(
      0,
      forged[0]!.replaceAll(formatVkey(logKey.verifierKey), formatVkey(stranger.verifierKey)),
    );
    expect(await verifier.record(['--no-state'], own)).toMatchObject({ exitCode: 0, trust: 'first-use' });
    const third = await verifier.run(['--state', state, '-'], own);
    expect(third.exitCode).toBe(1);
    expect(third.stdout).toMatch(/^NOT VERIFIED \(no_known_signature\)/);
    expect(third.stdout).toMatch(/get its trust file from its operator/);
  });

  it('takes a new key by a trust file that holds the old one', async () => {
    const state = freshState();
    await verifier.run(['--state', state, '-'], await log.wholeBundle({ size: 300 }));
    const file = await verifier.write(
      'both.trust',
      `${trustOf(logKey).replace('sizes:0-', 'sizes:0-300')}${trustOf(stranger)}`,
    );
    const handedOver = await log.wholeBundle({ checkpoint: await log.checkpoint(600, stranger) });
    expect(await verifier.record(['--state', state], handedOver)).toMatchObject({ exitCode: 1 });
    expect(await verifier.record(['--state', state, '--trust', file], handedOver)).toMatchObject({
      exitCode: 0,
      history: 'continued',
    });
    expect(await verifier.record(['--state', state], handedOver)).toMatchObject({
      exitCode: 0,
      trust: 'pinned',
    });
    expect(await verifier.record(['--state', state], whole)).toMatchObject({
      exitCode: 1,
      code: 'key_not_for_size',
    });
  });

  it('goes on with the head of the last bundle', async () => {
    const state = freshState();
    for (const [size, history] of [
      [100, 'first'],
      [300, 'continued'],
      [600, 'continued'],
      [300, 'same'],
    ] as const) {
      const bundle = await log.wholeBundle({ size });
      expect(await verifier.record(['--state', state], bundle)).toMatchObject({ exitCode: 0, history });
    }
  });

  describe('a log that has signed two histories', () => {
    const forked = SampleLog.of(150);
    for (let size = forked.size; size < 700; size += 1)
      forked.add('ClaimRecorded', 'lachin-corridor', { quote: 'Open.' });

    it.each([
      ['another root for the same size', 600, 600],
      ['a longer one that does not hold the first', 300, 700],
      ['a shorter one', 600, 300],
    ])('is found by %s, and both heads are printed', async (_what, trustedSize, size) => {
      const state = freshState();
      await verifier.run(['--state', state, '-'], await log.wholeBundle({ size: trustedSize }));
      const kept = await readFile(join(state, (await readdir(state))[0]!), 'utf8');
      const { exitCode, stdout } = await verifier.run(
        ['--state', state, '-'],
        await forked.wholeBundle({ size }),
      );
      expect(exitCode).toBe(3);
      expect(stdout).toContain(await log.cosignedCheckpoint(trustedSize));
      expect(stdout).toContain(await forked.cosignedCheckpoint(size));
      expect(await readFile(join(state, (await readdir(state))[0]!), 'utf8')).toBe(kept);
    });

    it('is found, though the bundle is altered as well', async () => {
      const state = freshState();
      await verifier.run(['--state', state, '-'], whole);
      const bundle = (await forked.wholeBundle({ size: 600 })).slice(0, -1);
      expect(await verifier.record(['--state', state], bundle)).toMatchObject({
        exitCode: 3,
        code: 'truncated',
        trustedHead: await log.cosignedCheckpoint(600),
      });
    });

    it('is found by the proof that comes with a corridor', async () => {
      const state = freshState();
      await verifier.run(['--state', state, '-'], await log.wholeBundle({ size: 300 }));
      const bundle = await forked.corridorBundle('lachin-corridor', { from: 300 });
      expect(await verifier.record(['--state', state], bundle)).toMatchObject({
        exitCode: 3,
        history: 'fork',
      });
    });
  });

  it('tells how a bundle that was made before can still be verified', async () => {
    const state = freshState();
    await verifier.run(['--state', state, '-'], whole);
    const older = await log.wholeBundle({ size: 300 });
    const { exitCode, stdout } = await verifier.run(['--state', state, '-'], older);
    expect({ exitCode }).toEqual({ exitCode: 3 });
    expect(stdout).toContain('--no-state verifies an older bundle by itself');
    expect(await verifier.record(['--no-state'], older)).toMatchObject({ exitCode: 0 });
  });

  it('is not made up: without a proof, a corridor holds in itself alone', async () => {
    const state = freshState();
    await verifier.run(['--state', state, '-'], await log.wholeBundle({ size: 300 }));
    const without = await verifier.run(['--state', state, '-'], await log.corridorBundle('lachin-corridor'));
    expect(without.exitCode).toBe(4);
    expect(without.stdout).toMatch(/^HOLDS IN ITSELF ALONE/);
    const proved = await log.corridorBundle('lachin-corridor', { from: 300 });
    expect(await verifier.record(['--state', state], proved)).toMatchObject({
      exitCode: 0,
      history: 'continued',
    });
  });
});

it('tells its exit codes in its help', async () => {
  const { exitCode, stdout } = await verifier.run(['--help']);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(
    /Exit code: 0 verified; 1 altered[^]*2 wrong option[^]*3 another history[^]*4 it holds/,
  );
});

function trustOf({ verifierKey }: typeof logKey): string {
  const logKeys = [{ key: verifierKey, fromSize: 0, untilSize: null }];
  return formatTrustFile({ logKeys, witnesses: [witnessKey.verifierKey] });
}

function freshState(): string {
  stateCount += 1;
  return join(verifier.folder, `state-${stateCount}`);
}

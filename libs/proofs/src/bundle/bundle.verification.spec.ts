import fc from 'fast-check';
import { altered, alterations, alterationsOfWhole } from '../../../../test/harness/bundle-alterations.ts';
import { logKey, logOrigin, SampleLog, witnessKey } from '../../../../test/harness/sample-log.ts';
import { type Checkpoint, parseCheckpoint } from '../checkpoint/checkpoint.ts';
import { signatureTypes, signerKey } from '../note/note.keys.ts';
import { parseNote } from '../note/signed-note.ts';
import { ProofError } from '../proof.error.ts';
import { type TrustFile } from '../trust/trust-file.ts';
import { BundleVerification, readBundleHeader, type VerifiedBundle } from './bundle.verification.ts';

const trust: TrustFile = {
  logKeys: [{ key: logKey.verifierKey, fromSize: 0, untilSize: null }],
  witnesses: [witnessKey.verifierKey],
};
const log = SampleLog.of(600);
let whole: string[];
let corridor: string[];

beforeAll(async () => {
  whole = await log.wholeBundle();
  corridor = await log.corridorBundle('lachin-corridor');
});

it('verifies a whole ledger, and says what it verified', () => {
  const result = verified(whole);
  expect(result).toMatchObject({ corridor: null, eventCount: 600, erasedCount: 0, connection: 'first' });
  expect(result.opened.cosignatures).toMatchObject([
    { name: witnessKey.verifierKey.name, timestamp: 1_767_225_600 },
  ]);
});

it('verifies the events of a corridor', () => {
  expect(verified(corridor)).toMatchObject({ corridor: 'lachin-corridor', eventCount: 200 });
});

it.each([0, 1, 255, 256, 257, 512])('verifies a whole ledger of %i events', async (size) => {
  expect(verified(await log.wholeBundle({ size })).eventCount).toBe(size);
});

describe('of a whole ledger', () => {
  it.each([...alterations, ...alterationsOfWhole])('finds that $when: $code at $position', (alteration) => {
    const { code, position } = alteration;
    expect(refusalOf(altered(whole, alteration))).toMatchObject({ code, position });
  });

  it('finds any character of the header that is another, but in the labels that nobody signs', () => {
    const header = whole[0]!.trimEnd();
    const { checkpoint } = verified(whole).opened;
    const trustAt = header.indexOf('"trust":"') + '"trust":"'.length;
    fc.assert(
      fc.property(fc.nat(trustAt - 1), fc.integer({ min: 1, max: 127 }), (at, flip) => {
        const other = String.fromCharCode(header.charCodeAt(at) ^ flip);
        const outcome = refusalOf(whole.with(0, header.slice(0, at) + other + header.slice(at + 1)));
        if (outcome instanceof ProofError) return;
        // Who signs by another name is not known, so a witness less has seen the same head.
        expect(outcome).toMatchObject({ opened: { checkpoint, cosignatures: [] }, eventCount: 600 });
      }),
      { numRuns: 300 },
    );
  });

  it('finds any character that is another, behind the header', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 603 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (at, where, flip) => {
          const lines = [...whole];
          const bytes = Buffer.from(lines[at]!.trimEnd());
          bytes[where % bytes.length]! ^= flip;
          lines[at] = bytes.toString('latin1');
          expect(refusalOf(lines)).toHaveProperty('code');
        },
      ),
    );
  });
});

describe('of a corridor', () => {
  it.each(alterations)('finds that $when: $code at $position', (alteration) => {
    const { code, position } = alteration;
    expect(refusalOf(altered(corridor, alteration))).toMatchObject({ code, position });
  });

  it('refuses an event that the checkpoint is too old to prove', async () => {
    const checkpoint = await log.cosignedCheckpoint(300);
    const lines = await log.corridorBundle('lachin-corridor', { checkpoint });
    // All proofs lead to the root of 600, so the first is refused for another root.
    expect(refusalOf(lines)).toMatchObject({ code: 'proof_too_long', position: 1 });
    const late = [lines[0]!, ...lines.slice(101)];
    expect(refusalOf(late)).toMatchObject({ code: 'beyond_tree', position: 301 });
  });

  it('refuses events in another order', () => {
    const lines = corridor.with(5, corridor[6]!).with(6, corridor[5]!);
    expect(refusalOf(lines)).toMatchObject({ code: 'event_altered', position: 13 });
  });
});

describe('keys', () => {
  const other = signerKey(logOrigin, signatureTypes.note, Buffer.alloc(32, 9));
  const alien = signerKey('other.example', signatureTypes.note, Buffer.alloc(32, 9));

  it('refuses the checkpoint of a key that is not known', () => {
    const keys = { ...trust, logKeys: [{ key: other.verifierKey, fromSize: 0, untilSize: null }] };
    expect(refusalOf(whole, keys)).toMatchObject({ code: 'no_known_signature' });
    expect(refusalOf(whole, { ...trust, logKeys: [] })).toMatchObject({ code: 'no_known_signature' });
  });

  it('believes a key that was replaced for the sizes of its time alone', () => {
    const until = (untilSize: number) => ({
      ...trust,
      logKeys: [
        { key: logKey.verifierKey, fromSize: 0, untilSize },
        { key: other.verifierKey, fromSize: untilSize, untilSize: null },
      ],
    });
    expect(verified(whole, until(600)).eventCount).toBe(600);
    expect(refusalOf(whole, until(599))).toMatchObject({ code: 'key_not_for_size' });
  });

  it('refuses a checkpoint of another log, though its key is trusted', async () => {
    const lines = await log.wholeBundle({ checkpoint: await log.checkpoint(600, alien) });
    const swapped = lines.with(
      0,
      lines[0]!.replace(String.raw`"other.example\n`, String.raw`"log.example\n`),
    );
    const keys = { ...trust, logKeys: [{ key: alien.verifierKey, fromSize: 0, untilSize: null }] };
    expect(verified(lines, keys).eventCount).toBe(600);
    expect(refusalOf(swapped, keys)).toMatchObject({ code: 'bad_signature' });
  });
});

describe('erasure', () => {
  const stub = { quote: '[erased]' };

  async function erased() {
    const erasing = SampleLog.of(10);
    erasing.erase(4, stub);
    return erasing;
  }

  it('lets a payload be gone that an event of the ledger has erased', async () => {
    const erasing = await erased();
    expect(verified(await erasing.wholeBundle())).toMatchObject({ eventCount: 11, erasedCount: 1 });
    expect(verified(await erasing.corridorBundle('lachin-corridor')).erasedCount).toBe(1);
  });

  it('lets a bundle be verified that was made before', async () => {
    expect(verified(await SampleLog.of(10).wholeBundle()).erasedCount).toBe(0);
  });

  it('holds the later one of two erasures of a position', async () => {
    const erasing = await erased();
    erasing.erase(4, { quote: '' });
    expect(verified(await erasing.wholeBundle()).erasedCount).toBe(1);
    const first = (await erased()).events[3]!;
    erasing.events[3]!.erased = first.erased!;
    expect(refusalOf(await erasing.wholeBundle())).toMatchObject({ code: 'erasure_unproven', position: 4 });
  });

  it('refuses another text in its place', async () => {
    const lines = (await (await erased()).wholeBundle()).map((line) =>
      line.replace('[erased]', 'It is open.'),
    );
    expect(refusalOf(lines)).toMatchObject({ code: 'stub_altered', position: 4 });
  });

  it('refuses a payload that is gone without such an event', async () => {
    const erasing = await erased();
    erasing.events[6]!.erased = { erasedBy: 11, stub };
    expect(refusalOf(await erasing.wholeBundle())).toMatchObject({ code: 'erasure_unproven', position: 7 });
    const lines = (await (await erased()).corridorBundle('lachin-corridor')).toSpliced(-2, 1);
    const told = lines.map((line) => line.replace('"eventCount":5', '"eventCount":4'));
    expect(refusalOf(told)).toMatchObject({ code: 'erasure_unproven', position: 4 });
  });
});

describe('the heads that were trusted before', () => {
  const head = async (size: number, of = log) => parseCheckpoint(parseNote(await of.checkpoint(size)).text);
  const forked = SampleLog.of(150);
  forked.add('ClaimRecorded', 'lachin-corridor', { quote: 'The road was never shut.' });
  for (let size = forked.size; size < 700; size += 1) forked.add('ClaimRecorded', 'lachin-corridor', {});

  it.each([0, 1, 255, 256, 599])('sees that a whole ledger goes on from size %i', async (size) => {
    expect(verified(whole, trust, [await head(size)]).connection).toBe('continued');
  });

  it('sees that it is the same', async () => {
    expect(verified(whole, trust, [await head(600)]).connection).toBe('same');
  });

  it.each([
    [200, 'fork'],
    [600, 'fork'],
    [700, 'older'],
    [100, 'continued'],
  ])('sees of a whole ledger against size %i of another history: %s', async (size, connection) => {
    expect(verified(whole, trust, [await head(size, forked)]).connection).toBe(connection);
  });

  it('knows an older bundle again', async () => {
    const heads = [await head(300), await head(600)];
    expect(verified(await log.wholeBundle({ size: 300 }), trust, heads).connection).toBe('same');
    expect(verified(await log.wholeBundle({ size: 301 }), trust, heads).connection).toBe('older');
  });

  it('needs a consistency proof for the events of a corridor', async () => {
    expect(verified(corridor, trust, [await head(300)]).connection).toBe('unconnected');
    const proved = await log.corridorBundle('lachin-corridor', { from: 300 });
    expect(verified(proved, trust, [await head(300)]).connection).toBe('continued');
    expect(verified(proved, trust, [await head(299)]).connection).toBe('unconnected');
    expect(verified(proved, trust, [await head(300, forked)]).connection).toBe('fork');
  });
});

function verified(
  lines: readonly string[],
  keys = trust,
  trustedHeads: readonly Checkpoint[] = [],
): VerifiedBundle {
  const [header = '', ...rest] = lines.map((line) => line.replace(/\n$/, ''));
  const verification = new BundleVerification(readBundleHeader(header), keys, trustedHeads);
  for (const [at, line] of rest.entries()) verification.take(line, at + 2);
  return verification.finish();
}

function refusalOf(lines: readonly string[], keys = trust): unknown {
  try {
    return verified(lines, keys);
  } catch (error) {
    return error;
  }
}

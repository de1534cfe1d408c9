import { signCheckpoint } from '../checkpoint/signed-checkpoint.ts';
import { formatVkey, signatureTypes, signerKey } from '../note/note.keys.ts';
import { refusal } from '../refusal.fixture.ts';
import { formatTrustFile, openTrusted, parseTrustFile, type TrustFile } from './trust-file.ts';

const origin = 'log.example/one';
const [old, fresh] = [1, 2].map((byte) => signerKey(origin, signatureTypes.note, Buffer.alloc(32, byte)));
const witness = signerKey('witness.example', signatureTypes.cosignature, Buffer.alloc(32, 3)).verifierKey;
const trust: TrustFile = {
  logKeys: [
    { key: old!.verifierKey, fromSize: 0, untilSize: 1_204 },
    { key: fresh!.verifierKey, fromSize: 1_204, untilSize: null },
  ],
  witnesses: [witness],
};

function checkpointOf(size: number, key = old!): string {
  return signCheckpoint({ origin, size, root: Buffer.alloc(32), extensions: [] }, key);
}

/** Keys hold functions, which are never equal. */
function readable({ logKeys, witnesses }: TrustFile) {
  return {
    logKeys: logKeys.map(({ key, ...sizes }) => ({ vkey: formatVkey(key), ...sizes })),
    witnesses: witnesses.map(formatVkey),
  };
}

it('reads what it writes', () => {
  expect(readable(parseTrustFile(formatTrustFile(trust)))).toEqual(readable(trust));
});

it('takes comments, empty lines, tabs, and keys in any order', () => {
  const lines = formatTrustFile(trust).split('\n').reverse();
  const file = ['# ours', '', ...lines.map((line) => ` ${line.replaceAll(' ', '\t')} `)].join('\r\n');
  expect(readable(parseTrustFile(file)).logKeys.reverse()).toEqual(readable(trust).logKeys);
});

it('takes a vkey alone for a key that may sign all', () => {
  expect(readable(parseTrustFile(`${formatVkey(old!.verifierKey)}\n`)).logKeys).toEqual([
    { vkey: formatVkey(old!.verifierKey), fromSize: 0, untilSize: null },
  ]);
});

it('opens what each key signed in its time, and at the hand-over either', () => {
  for (const [size, key] of [
    [1, old],
    [1_204, old],
    [1_204, fresh],
    [5_000, fresh],
  ] as const) {
    expect(openTrusted(checkpointOf(size, key), trust).checkpoint.size).toBe(size);
  }
});

it.each([
  ['a replaced key', 1_205, old],
  ['a key that had not begun', 1_203, fresh],
])('believes %s nothing', (_, size, key) => {
  expect(refusal(openTrusted, checkpointOf(size, key), trust)).toBe('key_not_for_size');
});

const vkey = formatVkey(old!.verifierKey);
it.each([
  ['nothing', '', /names no key of a log/],
  ['a witness alone', `witness w ${formatVkey(witness)}\n`, /names no key of a log/],
  ['no key', '# x\nlog abc\n', /Line 2: A key has the form/],
  ['the key of a witness as that of a log', `log ${formatVkey(witness)}`, /Line 1: the key is not of a log/],
  ['the key of a log as that of a witness', `witness w ${vkey}`, /Line 1: the key is not of a witness/],
  ['sizes that go back', `log ${vkey} sizes:5-4`, /Line 1: sizes are/],
  ['a size below zero', `log ${vkey} sizes:-5-4`, /Line 1: sizes are/],
  ['a size beyond all', `log ${vkey} sizes:0-99999999999999999999`, /Line 1: sizes are/],
  ['a quorum', `log ${vkey}\nquorum w1`, /Line 2: "quorum none"/],
  ['another word', `log ${vkey}\ntrust me`, /Line 2 must begin with log/],
  ['more words', `log ${vkey} sizes:0- x`, /Line 1 has more/],
  ['too many lines', '\n'.repeat(1_000), /more than 1000 lines/],
])('refuses %s, and says where', (_, file, sentence) => {
  expect(refusal(parseTrustFile, file)).toBe('malformed_trust_file');
  expect(() => parseTrustFile(file)).toThrow(sentence);
});

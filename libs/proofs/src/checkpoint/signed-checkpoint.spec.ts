import { cosign } from '../cosignature/cosignature.ts';
import { signatureTypes, signerKey } from '../note/note.keys.ts';
import { formatSignature, noteSignature, parseNote, signNote } from '../note/signed-note.ts';
import { refusal } from '../refusal.fixture.ts';
import { formatCheckpoint, parseCheckpoint } from './checkpoint.ts';
import { openCheckpoint, signCheckpoint } from './signed-checkpoint.ts';

const origin = 'log.example/one';
const checkpoint = { origin, size: 20_852_163, root: Buffer.alloc(32, 7), extensions: [] };
const text = `${origin}\n20852163\n${checkpoint.root.toString('base64')}\n`;
const log = signerKey(origin, signatureTypes.note, Buffer.alloc(32, 1));
const witness = signerKey('witness.example', signatureTypes.cosignature, Buffer.alloc(32, 2));
const note = signCheckpoint(checkpoint, log);
const cosignature = cosign(text, 1_679_315_147, witness);
const trusted = { log: [log.verifierKey], witnesses: [witness.verifierKey] };

describe('a checkpoint', () => {
  it('is origin, size and root, a line each, and what extends it', () => {
    expect(formatCheckpoint(checkpoint)).toBe(text);
    expect(parseCheckpoint(text)).toEqual(checkpoint);
    const extended = { ...checkpoint, size: 0, extensions: ['one', 'two words'] };
    expect(parseCheckpoint(formatCheckpoint(extended))).toEqual(extended);
  });

  it.each([
    ['no line end', text.trimEnd(), /last line/],
    ['two lines', `${origin}\n1\n`, /at least three lines/],
    ['no origin', text.replace(origin, ''), /Line 1 .* is empty/],
    ['an empty extension', `${text}\nx\n`, /Line 4 .* is empty/],
    ['a size with a zero before', text.replace('2085', '02085'), /Line 2/],
    ['a size with a sign', text.replace('2085', '+2085'), /Line 2/],
    ['a negative size', text.replace('2085', '-2085'), /Line 2/],
    ['a size beyond 2^53', text.replace('20852163', '9007199254740992'), /Line 2/],
    ['a size in hexadecimal', text.replace('20852163', '0x10'), /Line 2/],
    ['a size in other digits', text.replace('20852163', '٢٠'), /Line 2/],
    [
      'a root of 31 bytes',
      text.replace(/\n[^\n]+\n$/, `\n${Buffer.alloc(31).toString('base64')}\n`),
      /Line 3/,
    ],
    [
      'a root in base64url',
      text.replace(/\n[^\n]+\n$/, `\n${Buffer.alloc(32, 255).toString('base64url')}=\n`),
      /Line 3/,
    ],
  ])('is refused with %s', (_what, broken, message) => {
    expect(refusal(parseCheckpoint, broken)).toBe('malformed_checkpoint');
    expect(() => parseCheckpoint(broken)).toThrow(message);
  });

  it('is not written where it could not be read', () => {
    expect(refusal(formatCheckpoint, { ...checkpoint, origin: '' })).toBe('malformed_checkpoint');
    expect(refusal(formatCheckpoint, { ...checkpoint, origin: 'a\nb' })).toBe('malformed_checkpoint');
    expect(refusal(formatCheckpoint, { ...checkpoint, size: -1 })).toBe('bad_size');
    expect(refusal(formatCheckpoint, { ...checkpoint, size: 2 ** 53 })).toBe('bad_size');
    expect(refusal(formatCheckpoint, { ...checkpoint, root: Buffer.alloc(20) })).toBe('bad_hash');
  });
});

describe('a signed checkpoint', () => {
  it('opens by the key of its log, and tells who has cosigned it, and when', () => {
    const opened = openCheckpoint(note + formatSignature(cosignature), trusted);
    expect(opened.checkpoint).toEqual(checkpoint);
    expect(opened.logKeys).toEqual([log.verifierKey]);
    expect(opened.cosignatures).toEqual([
      { name: 'witness.example', keyId: witness.verifierKey.keyId, timestamp: 1_679_315_147 },
    ]);
    expect(openCheckpoint(note, trusted).cosignatures).toEqual([]);
  });

  it('is not opened by witnesses alone', () => {
    const stranger = signerKey('log.example/two', signatureTypes.note, Buffer.alloc(32, 3));
    const cosigned = signNote(text, stranger) + formatSignature(cosignature);
    expect(refusal(openCheckpoint, cosigned, trusted)).toBe('no_known_signature');
  });

  it('of one log is not believed by the trusted key of another', () => {
    const second = signerKey('log.example/two', signatureTypes.note, Buffer.alloc(32, 3));
    const keys = { ...trusted, log: [log.verifierKey, second.verifierKey] };
    expect(refusal(openCheckpoint, signNote(text, second), keys)).toBe('wrong_origin');
    const both = note + formatSignature(noteSignature(text, second));
    expect(refusal(openCheckpoint, both, keys)).toBe('wrong_origin');
  });
});

describe('a cosignature', () => {
  it('signs its time with the whole text', () => {
    const signed = Buffer.from(`cosignature/v1\ntime 1679315147\n${text}`);
    expect(Buffer.from(cosignature.bytes.subarray(0, 8)).readBigUInt64BE()).toBe(1_679_315_147n);
    expect(Buffer.from(cosignature.bytes.subarray(8))).toEqual(witness.sign(signed));
  });

  it('is refused with another time, another text, and cut short', () => {
    const open = (bytes: Uint8Array, of = note) =>
      openCheckpoint(of + formatSignature({ ...cosignature, bytes }), trusted);
    for (let bit = 0; bit < cosignature.bytes.length * 8; bit += 1) {
      const flipped = Buffer.from(cosignature.bytes);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      expect(refusal(open, flipped)).toBe('bad_signature');
    }
    for (const length of [1, 8, 9, 71]) {
      expect(refusal(open, cosignature.bytes.subarray(0, length))).toBe('bad_signature');
    }
    const longer = signCheckpoint({ ...checkpoint, extensions: ['x'] }, log);
    expect(refusal(open, cosignature.bytes, longer)).toBe('bad_signature');
  });

  it('is not made with the key of a log, nor for a time that is none', () => {
    expect(refusal(cosign, text, 1, log)).toBe('bad_key');
    for (const time of [-1, 1.5, NaN, 2 ** 53])
      expect(refusal(cosign, text, time, witness)).toBe('bad_timestamp');
  });

  it('of a witness does not pass for a signature of its log', () => {
    const asLog = signerKey(origin, signatureTypes.note, witness.seed).verifierKey;
    const forged = {
      ...parseNote(note).signatures[0]!,
      keyId: asLog.keyId,
      bytes: cosignature.bytes.subarray(8),
    };
    expect(
      refusal(openCheckpoint, `${text}\n${formatSignature(forged)}`, { log: [asLog], witnesses: [] }),
    ).toBe('bad_signature');
  });
});

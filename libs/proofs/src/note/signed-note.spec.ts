import fc from 'fast-check';
import { refusal } from '../refusal.fixture.ts';
import { formatSkey, formatVkey, parseSkey, parseVkey, signatureTypes, signerKey } from './note.keys.ts';
import { formatSignature, noteSignature, openNote, parseNote, signNote } from './signed-note.ts';

const key = signerKey('log.example/one', signatureTypes.note, Buffer.alloc(32, 1));
const other = signerKey('log.example/two', signatureTypes.note, Buffer.alloc(32, 2));
const namesake = signerKey('log.example/one', signatureTypes.note, Buffer.alloc(32, 3));
const witness = signerKey('witness.example', signatureTypes.cosignature, Buffer.alloc(32, 4));
const text = 'The road is shut.\n\nSince the 12th — “all of it”.\n';
const note = signNote(text, key);
const line = (signer = key) => formatSignature(noteSignature(text, signer));
const open = (given: string | Uint8Array, known = [key.verifierKey]) => openNote(given, known);

describe('keys', () => {
  // RFC 8032, section 7.1, test 1: a seed and its public key.
  const seed = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex');
  const publicKey = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a';

  it('derives the public key, and signs, as RFC 8032 does', () => {
    const rfc = signerKey('x', signatureTypes.note, seed);
    expect(Buffer.from(rfc.verifierKey.publicKey).toString('hex')).toBe(publicKey);
    expect(rfc.sign(Buffer.alloc(0)).toString('hex')).toMatch(
      /^e5564300c360ac729086e2cc806e828a84877f1eb8e5d974/,
    );
  });

  it('come back from their texts', () => {
    for (const each of [key, witness]) {
      const vkey = formatVkey(each.verifierKey);
      expect(formatVkey(parseVkey(vkey))).toBe(vkey);
      expect(formatSkey(parseSkey(formatSkey(each)))).toBe(formatSkey(each));
      expect(formatVkey(parseSkey(formatSkey(each)).verifierKey)).toBe(vkey);
    }
  });

  it('have another id for another name or another use', () => {
    const ids = [key, signerKey('log.example/x', 1, key.seed), signerKey('log.example/one', 4, key.seed)];
    expect(new Set(ids.map(({ verifierKey }) => verifierKey.keyId)).size).toBe(3);
  });

  it.each([
    ['', 'nothing'],
    ['log.example', 'a name alone'],
    [formatVkey(key.verifierKey).replace(/\+[0-9a-f]{8}\+/, '+00000000+'), 'an id that is not its own'],
    [formatVkey(key.verifierKey).toUpperCase(), 'an id in capitals'],
    [formatVkey(key.verifierKey).replace('log', 'lag'), 'another name'],
    [formatVkey(key.verifierKey).slice(0, -4), 'a key cut short'],
    [`${formatVkey(key.verifierKey)}=`, 'padding too much'],
    [formatVkey(key.verifierKey).replace('log.example/one', ''), 'no name'],
    [formatVkey(key.verifierKey).replace('log', 'l og'), 'a space in the name'],
    [formatVkey(key.verifierKey).replace('log', 'l\u2003og'), 'a wide space in the name'],
    [`log.example+00000000+${Buffer.alloc(33, 2).toString('base64')}`, 'a type that is not known'],
  ])('refuses %p: %s', (vkey) => {
    expect(refusal(parseVkey, vkey)).toBe('bad_key');
  });

  it('tells nothing of a private key that it refuses', () => {
    const skey = formatSkey(key);
    const secret = skey.split('+').at(-1)!.slice(0, 20);
    for (const broken of [skey.slice(0, -4), skey.replace('PRIVATE', 'SECRET'), skey.replace('log', 'lag')]) {
      const message = messageOf(() => parseSkey(broken));
      expect(message).not.toBe('');
      expect(message).not.toContain(secret);
    }
  });
});

describe('a note', () => {
  it('is the text, an empty line, and the signatures', () => {
    expect(note).toBe(`${text}\n— log.example/one ${line().split(' ').at(-1)!}`);
    expect(open(note).text).toBe(text);
    expect(open(Buffer.from(note)).verified).toMatchObject([{ key: { name: 'log.example/one' } }]);
  });

  it('opens by one known signature among unknown ones', () => {
    const { verified, signatures } = open(signNote(text, other) + line() + line(namesake));
    expect([verified.length, signatures.length]).toEqual([1, 3]);
  });

  it('is refused where a known signature does not hold, though another does', () => {
    const forged = signNote(text.replace('shut', 'open'), other).split('\n').at(-2)!;
    const both = [key.verifierKey, other.verifierKey];
    expect(refusal(open, `${note}${forged}\n`, both)).toBe('bad_signature');
    expect(refusal(open, note + line(other), both)).toBeNull();
  });

  it('is refused where nobody known has signed', () => {
    expect(refusal(open, note, [])).toBe('no_known_signature');
    expect(refusal(open, note, [other.verifierKey, namesake.verifierKey])).toBe('no_known_signature');
  });

  it('is read with 16 signatures and refused with 17', () => {
    expect(open(note + line(other).repeat(15)).signatures).toHaveLength(16);
    expect(refusal(open, note + line(other).repeat(16))).toBe('too_many_signatures');
    expect(refusal(parseNote, note + line(other).repeat(16))).toBe('too_many_signatures');
  });

  it('is refused when any character of its text is another', () => {
    fc.assert(
      fc.property(
        fc.nat(text.length - 1),
        fc.nat(0xffff).map((code) => String.fromCharCode(code)),
        (at, by) => {
          const altered = text.slice(0, at) + by + text.slice(at + 1);
          fc.pre(altered !== text && altered.isWellFormed());
          expect(refusal(open, altered + note.slice(text.length))).not.toBeNull();
        },
      ),
    );
  });

  it('is refused when any bit of its signature is another', () => {
    const signature = Buffer.from(line().trimEnd().split(' ').at(-1)!, 'base64');
    for (let bit = 0; bit < signature.length * 8; bit += 1) {
      const flipped = Buffer.from(signature);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      const code = refusal(open, `${text}\n— log.example/one ${flipped.toString('base64')}\n`);
      // The first four bytes say which key it was.
      expect(code).toBe(bit < 32 ? 'no_known_signature' : 'bad_signature');
    }
  });

  it.each([
    ['no empty line', `${text.replace('\n\n', '\n')}${line()}`],
    ['no signature', `${text}\n`],
    ['no line end', note.trimEnd()],
    ['a line end too many', `${note}\n`],
    ['a hyphen for the dash', note.replaceAll('\n— ', '\n- ')],
    ['two spaces', note.replace('— log', '—  log')],
    ['a name with a plus', note.replace('— log', '— l+og')],
    ['no base64', note.replace(/ \S+\n$/, ' !!!!\n')],
    ['base64 that could be written otherwise', note.replace(/.=\n$/, '1=\n')],
    ['a signature of four bytes', note.replace(/ \S+\n$/, ' AAAAAA==\n')],
    ['more behind the signature', note.replace(/\n$/, ' x\n')],
  ])('is malformed with %s', (_what, broken) => {
    expect(refusal(open, broken)).toBe('malformed_note');
  });

  it.each(['\u0000', '\t', '\r', '\u001b', '\u001f'])(
    'is refused with the control character %j',
    (control) => {
      expect(refusal(open, note.replace('road', `road${control}`))).toBe('control_character');
      expect(refusal(signNote, `a${control}\n`, key)).toBe('control_character');
      expect(messageOf(() => open(note.replace('all', `all${control}`)))).toMatch(/^Line 3 of the note/);
    },
  );

  it('is refused where it is not UTF-8, and keeps a byte order mark', () => {
    expect(refusal(open, Buffer.concat([Buffer.of(0xff), Buffer.from(note)]))).toBe('bad_text');
    expect(refusal(open, note.replace('road', '\ud800'))).toBe('bad_text');
    const marked = signNote(`\ufeff${text}`, key);
    expect(open(Buffer.from(marked)).text).toBe(`\ufeff${text}`);
    expect(refusal(open, Buffer.from(`\ufeff${note}`))).toBe('bad_signature');
  });

  it('is not made of a text that does not end, nor with the key of a witness', () => {
    expect(refusal(signNote, 'no end', key)).toBe('malformed_note');
    expect(refusal(signNote, text, witness)).toBe('bad_key');
  });
});

function messageOf(act: () => unknown): string {
  try {
    act();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

import { formatVkey, signatureTypes, signerKey } from '#proofs';
import { parseWitnesses } from './witness.ts';

const vkeyOf = (seed: number, type: 0x01 | 0x04 = signatureTypes.cosignature) =>
  formatVkey(signerKey(`witness.example/${seed}`, type, Buffer.alloc(32, seed)).verifierKey);

it('reads witnesses that are parted by commas or lines', () => {
  const text = `https://one.example/w/ ${vkeyOf(1)},\n http://two.example:3010 ${vkeyOf(2)}\n`;
  expect(parseWitnesses(text).map(({ url, vkey }) => [url, vkey])).toEqual([
    ['https://one.example/w', vkeyOf(1)],
    ['http://two.example:3010', vkeyOf(2)],
  ]);
});

it('has none where nothing is said', () => {
  expect(parseWitnesses(' \n')).toEqual([]);
});

it.each([
  ['no URL', vkeyOf(1), /must be "URL vkey"/],
  ['another scheme', `ftp://one.example ${vkeyOf(1)}`, /must be "URL vkey"/],
  ['more words', `https://one.example ${vkeyOf(1)} more`, /must be "URL vkey"/],
  ['no key', 'https://one.example', /must hold a vkey/],
  ['the key of a log', `https://one.example ${vkeyOf(1, signatureTypes.note)}`, /is of a log/],
  [
    'a key twice',
    `https://a.example ${vkeyOf(1)},https://b.example ${vkeyOf(1)}`,
    /names the key of .* twice/,
  ],
  [
    'thirteen',
    Array.from({ length: 13 }, (_, n) => `https://a.example ${vkeyOf(n + 1)}`).join(),
    /at most 12/,
  ],
])('refuses %s', (_, text, sentence) => {
  expect(() => parseWitnesses(text)).toThrow(sentence);
});

import { signatureTypes, signerKey } from '../note/note.keys.ts';
import { signCheckpoint } from '../checkpoint/signed-checkpoint.ts';
import { refusal } from '../refusal.fixture.ts';
import { hashLeaf } from '../tree/merkle.hash.ts';
import { inclusionRanges } from '../tree/proof.ranges.ts';
import { treeHash } from '../tree/recursive-tree.fixture.ts';
import { formatProofFile, parseProofFile, verifyProofFile } from './proof-file.ts';

const size = 11;
const index = 6;
const leaves = Array.from({ length: size }, (_, at) => hashLeaf(Buffer.of(at)));
const log = signerKey('log.example/one', signatureTypes.note, Buffer.alloc(32, 1));
const checkpoint = signCheckpoint(
  { origin: 'log.example/one', size, root: treeHash(leaves), extensions: [] },
  log,
);
const proof = inclusionRanges(index, size).map(({ start, end }) => treeHash(leaves.slice(start, end)));
const file = formatProofFile({ index, proof, checkpoint });
const trusted = { log: [log.verifierKey], witnesses: [] };
const verify = (text: string, leaf = leaves[index]!) => verifyProofFile(text, leaf, trusted);

it('is the form that C2SP tlog-proof prints', () => {
  const lines = [
    'c2sp.org/tlog-proof@v1',
    'index 6',
    ...proof.map((hash) => hash.toString('base64')),
    '',
    '',
  ];
  expect(file).toBe(lines.join('\n') + checkpoint);
  expect(formatProofFile({ index, proof, checkpoint, extra: Buffer.from('why') })).toBe(
    file.replace('index', 'extra d2h5\nindex'),
  );
});

it('comes back as it was', () => {
  expect(parseProofFile(file)).toEqual({ index, proof, checkpoint });
  const extra = Buffer.from([0, 255]);
  expect(parseProofFile(formatProofFile({ index, proof, checkpoint, extra }))).toEqual({
    index,
    proof,
    checkpoint,
    extra,
  });
  const alone = formatProofFile({ index: 0, proof: [], checkpoint });
  expect(parseProofFile(alone)).toEqual({ index: 0, proof: [], checkpoint });
});

it('proves its leaf, and no other', () => {
  expect(verify(file)).toMatchObject({ index, checkpoint: { size } });
  expect(refusal(verify, file, leaves[5])).toBe('root_mismatch');
});

it('is refused for another place, and for one beyond its checkpoint', () => {
  expect(refusal(verify, file.replace('index 6', 'index 7'))).toBe('root_mismatch');
  expect(refusal(verify, file.replace('index 6', 'index 11'))).toBe('beyond_tree');
});

it('is refused when any character is another', () => {
  for (let at = 0; at < file.length; at += 1) {
    const other = file[at] === 'A' ? 'B' : 'A';
    expect(refusal(verify, file.slice(0, at) + other + file.slice(at + 1))).not.toBeNull();
  }
});

it.each([
  ['another version', file.replace('@v1', '@v2'), /Line 1/],
  ['no index', file.replace('index 6\n', ''), /Line 2/],
  ['an index with a sign', file.replace('index 6', 'index -6'), /Line 2/],
  ['an index with a zero before', file.replace('index 6', 'index 06'), /Line 2/],
  ['an index beyond 2^53', file.replace('index 6', 'index 9007199254740992'), /Line 2/],
  ['an index that is no number', file.replace('index 6', 'index six'), /Line 2/],
  ['extra that is no base64', file.replace('index 6', 'extra ???\nindex 6'), /Line 2/],
  ['extra behind the index', file.replace('index 6', 'index 6\nextra d2h5'), /Line 3/],
  ['a hash that is too short', file.replace('\n\n', '\nAAAA\n\n'), /Line 7/],
  ['64 hashes', file.replace('\n\n', `\n${proof[0]!.toString('base64')}`.repeat(60) + '\n\n'), /64 hashes/],
  ['lines that end as on Windows', file.replaceAll('\n', '\r\n'), /empty line/],
  ['no checkpoint', file.slice(0, file.indexOf('\n\n') + 1), /empty line/],
])('is malformed with %s', (_what, broken, message) => {
  expect(refusal(verify, broken)).toBe('malformed_proof_file');
  expect(() => parseProofFile(broken)).toThrow(message);
});

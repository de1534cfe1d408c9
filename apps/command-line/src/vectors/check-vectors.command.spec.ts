import { Folder, runCommand } from '../../test/run-command.ts';

/** Of our own making, from RFC 9162: a tree of two leaves, whose hashes are those of the bytes 0 and 1. */
const [left, right, root] = [
  'lqKW0iTyhcZ77pPDD4owkVfw2qNdxbh+QQt4YwoJz8c=',
  'tBP0fRPuL+bIRbLuFBr4HehY307FSaWLeXC7lmRbyNI=',
  'ogv5p8wtyKCPX0FacbGfasQnurVNJO7IaLXTEDRJlTo=',
];
const inclusion = {
  vector: 'a',
  desc: 'right leaf',
  leafIdx: 1,
  treeSize: 2,
  root,
  leafHash: right,
  proof: [left],
};
const consistency = { vector: 'b', desc: 'same', size1: 2, size2: 2, root1: root, root2: root, proof: null };
const jcs = { vector: 'c', input: '{"b": 1e0, "a": []}', output: '{"a":[],"b":1}' };

let folder: Folder;

beforeAll(async () => {
  folder = await Folder.make();
});

afterAll(async () => {
  await folder.remove();
});

async function check(inclusions: string, name: string) {
  const place = await folder.folder(name);
  await folder.write(`${name}/merkle-inclusion.ndjson`, inclusions);
  await folder.write(`${name}/merkle-consistency.ndjson`, JSON.stringify({ ...consistency, wantErr: false }));
  await folder.write(`${name}/jcs.ndjson`, JSON.stringify(jcs));
  return runCommand(['check-vectors', place]);
}

const lines = (...records: object[]) => records.map((record) => `${JSON.stringify(record)}\n`).join('');

it('passes what is right and must be accepted, and what is forged and must be refused', async () => {
  const forged = { ...inclusion, leafIdx: 0, wantErr: true };
  const huge = JSON.stringify({ ...inclusion, wantErr: true }).replace(
    '"leafIdx":1',
    '"leafIdx":18446744073709551617',
  );
  const { exitCode, stdout, stderr } = await check(
    lines({ ...inclusion, wantErr: false }, forged) + huge,
    'good',
  );
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toMatch(/inclusion proofs \(RFC 9162\)\s+3\s+0\n/);
});

it('fails, with the line, what comes to another end', async () => {
  const { exitCode, stdout, stderr } = await check(
    lines({ ...inclusion, wantErr: true }, { ...inclusion, proof: [right], wantErr: false }),
    'failing',
  );
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/inclusion proofs \(RFC 9162\)\s+0\s+2\n/);
  expect(stderr.split('\n')).toEqual([
    'merkle-inclusion.ndjson, line 1: "right leaf" was accepted, and must be refused',
    expect.stringMatching(/^merkle-inclusion.ndjson, line 2: "right leaf" was refused: The root over/),
    '',
  ]);
});

it.each([
  ['a broken line', '{"vector": \n', /line 1 is not valid JSON/],
  ['a line without a verdict', lines(inclusion), /line 1: wantErr: must be true or false/],
  [
    'an index that is text',
    lines({ ...inclusion, leafIdx: '1', wantErr: true }),
    /line 1: leafIdx: must be a number/,
  ],
  [
    'a root that is missing',
    lines({ ...inclusion, root: undefined, wantErr: true }),
    /line 1: root: must be text/,
  ],
  ['an empty file', '', /merkle-inclusion.ndjson holds no vectors/],
])('names %s and cannot start', async (what, content, message) => {
  const { exitCode, stderr } = await check(content, what);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(message);
});

it('names a file that is missing', async () => {
  const { exitCode, stderr } = await runCommand(['check-vectors', folder.path('nowhere')]);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/nowhere\/merkle-inclusion.ndjson cannot be read: ENOENT/);
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rulesCoder } from '#coding';
import { SettingsError } from '#platform';
import { readCoders } from './ingestion.coders.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coders-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function fileOf(text: string): Promise<string> {
  const file = join(folder, 'more.json');
  await writeFile(file, text);
  return file;
}

const statement = {
  statementId: '6f1c2a52-4a1e-4c7e-9d0a-0d2b1f6f4c11',
  publisher: 'Morning Post',
  publishedAt: '2023-01-20T17:00:00Z',
  title: null,
  language: 'en',
  about: [],
  body: 'The Heron Pass was quite frozzled this week.',
};
const corridors = [
  { id: 'heron-pass', name: 'Heron Pass', names: {}, aliases: [], contextAliases: [], parties: [] },
];

it('without a file the coder is the one that ships', async () => {
  expect(await readCoders(undefined)).toEqual([rulesCoder]);
});

it("an operator's words and rules are heard, and the hash of the data tells", async () => {
  const rule = { id: 'frozzled', type: 'status', status: 'blocked', steps: ['C', 'frozzled'], certainty: 80 };
  const file = await fileOf(JSON.stringify({ cues: { frozzled: ['frozzled'] }, rules: [rule] }));
  const [coder] = await readCoders(file);
  expect(rulesCoder.code(statement, corridors)).toEqual([]);
  expect(coder.code(statement, corridors)).toMatchObject([
    { corridor: 'heron-pass', status: 'blocked', rule: 'frozzled', coderData: coder.data },
  ]);
  expect(coder.data).not.toBe(rulesCoder.data);
});

it.each([
  ['a file that is no JSON', '{"rules": [', 'more.json'],
  ['an unknown section', '{"sounds": []}', 'sounds'],
  [
    'a rule with an unknown cue',
    '{"rules": [{"id": "a", "type": "demand", "steps": ["x"], "certainty": 9}]}',
    'rules[',
  ],
])('%s is a setting that is wrong, and the error names the place', async (_what, text, place) => {
  const reading = readCoders(await fileOf(text));
  await expect(reading).rejects.toThrow(SettingsError);
  await expect(reading).rejects.toThrow('CODING_DATA_FILE');
  await expect(reading).rejects.toThrow(place);
});

it('a file that is not there is named', async () => {
  await expect(readCoders(join(folder, 'absent.json'))).rejects.toThrow('absent.json');
});

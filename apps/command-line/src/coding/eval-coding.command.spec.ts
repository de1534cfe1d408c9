import { Folder, runCommand } from '../../test/run-command.ts';
import { blockedBody, corridors, record } from '../../test/valley-records.ts';

const claim = {
  sentence: blockedBody,
  corridor: 'lachin-corridor',
  type: 'status',
  status: 'blocked',
  speaker: 'France',
  speakerName: null,
  modality: 'asserted',
  validFrom: null,
};
const impact = { ...claim, type: 'impact', status: null, sentence: 'It rained.' };
const gold = [
  record('found', blockedBody, { claims: [claim] }),
  record('missed', 'It rained.', { claims: [impact] }),
  record('false', blockedBody, { claims: [] }),
];

let folder: Folder;
let options: readonly string[];

beforeAll(async () => {
  folder = await Folder.make();
  const files = {
    gold: await folder.write('gold.ndjson', gold.join('\n')),
    corridors: await folder.write('corridors.json', corridors),
  };
  options = ['eval-coding', '--gold', files.gold, '--corridors', files.corridors];
});

afterAll(async () => {
  await folder.remove();
});

it('prints the figures, and the mistakes with their sentences', async () => {
  const { exitCode, stdout, stderr } = await runCommand(options);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toMatch(/^documents 3, coder rules\/\d+, data [0-9a-f]{12}$/m);
  expect(stdout).toMatch(/^micro +2 +2 +1 {2}0\.500 {2}0\.500 {2}0\.500$/m);
  expect(stdout).toMatch(/^status +1 +2 +1 {2}0\.500 {2}1\.000 {2}0\.667$/m);
  expect(stdout).toMatch(/^ {2}speaker +1\.000 {2}\(1\/1\)$/m);
  expect(stdout).toMatch(/^missed \(1\)\n {2}missed \[lachin-corridor\/impact\/France\] It rained\.$/m);
  expect(stdout).toMatch(/^false alarms \(1\)\n {2}false \[lachin-corridor\/status\/France\] France said/m);
});

it('cuts the figures as it is told', async () => {
  const { stdout } = await runCommand([...options, '--by', 'doc', '--folds', '3', '--errors', '0']);
  expect(stdout).toMatch(/^found +1 +1 +1 {2}1\.000/m);
  expect(stdout).toMatch(/^fold 3 of 3 +0 +1 +0/m);
  expect(stdout).toMatch(/^F1 of the folds: mean 0\.333, lowest 0\.000, highest 1\.000$/m);
  expect(stdout).not.toContain('It rained.');
});

it('gives machines one JSON object, of a folder as of a file', async () => {
  const inFolder = options.map((option) => option.replace(/gold\.ndjson$/, ''));
  const { stdout } = await runCommand([...inFolder, '--json']);
  expect(JSON.parse(stdout)).toMatchObject({
    documents: 3,
    micro: { gold: 2, predicted: 2, matched: 1 },
    misses: [{ id: 'missed', text: 'It rained.' }],
    by: null,
    folds: null,
    warnings: [],
  });
});

it('warns of a corridor that cannot be found, since the file does not have it', async () => {
  const other = await folder.write('other.json', [corridors[1]]);
  const { exitCode, stdout } = await runCommand([...options.slice(0, -1), other]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('found claims[0].corridor: "lachin-corridor" is not in the --corridors file');
});

it('names file, line and field of bad gold, and exits with 2', async () => {
  const bad = await folder.write(
    'bad.gold',
    `${gold.join('\n')}\n${record('x', 'x', { claims: [{ ...claim, type: 'rumour' }] })}`,
  );
  const { exitCode, stdout, stderr } = await runCommand(
    options.map((option) => option.replace(/.*gold\.ndjson$/, bad)),
  );
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain(`${bad}:4: claims[0].type: `);
});

it.each([
  ['--folds', '1'],
  ['--folds', 'x'],
  ['--by', 'speaker'],
])('refuses %s %s', async (option, value) => {
  const { exitCode, stderr } = await runCommand([...options, option, value]);
  expect({ exitCode, stderr }).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining(option) as string,
  });
});

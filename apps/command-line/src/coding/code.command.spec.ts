import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { exitOf, Folder, runCommand, startCommand } from '../../test/run-command.ts';
import { blockedBody, corridors, idsIn, record } from '../../test/valley-records.ts';

let folder: Folder;
let options: readonly string[];

beforeAll(async () => {
  folder = await Folder.make();
  options = ['code', '--corridors', await folder.write('corridors.json', corridors)];
});

afterAll(async () => {
  await folder.remove();
});

it('writes the claims of each statement, one record a line, and lets other fields by', async () => {
  const lines = [
    record('a', blockedBody, { url: 'https://x.example', claims: [] }),
    record('b', 'It rained.'),
  ];
  const { exitCode, stdout, stderr } = await runCommand(options, lines.join('\n'));
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const [first = '', second = '', ...rest] = stdout.split('\n');
  expect(rest).toEqual(['']);
  expect(JSON.parse(second)).toEqual({ id: 'b', claims: [] });
  const claim = {
    corridor: 'lachin-corridor',
    type: 'status',
    status: 'blocked',
    flows: [],
    effect: null,
    actor: null,
    speaker: 'France',
    speakerName: null,
    modality: 'asserted',
    validFrom: null,
    start: 0,
    end: blockedBody.length,
    confidence: expect.any(Number) as number,
    why: expect.any(String) as string,
  };
  expect(JSON.parse(first)).toStrictEqual({ id: 'a', claims: [claim] });
});

it('uses what the publisher tagged', async () => {
  const body = 'The road is closed, the ministry said.';
  const tagged = record('a', body, { about: ['lachin-corridor'], title: null, language: 'en' });
  const { stdout } = await runCommand(options, `${tagged}\n${record('b', body)}`);
  const claimCounts = stdout
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { claims: [] }).claims.length);
  expect(claimCounts).toEqual([1, 0]);
});

it('names line and field of what is bad, codes the rest, and exits with 1', async () => {
  const lines = [
    record('a'),
    '{"id": "b", "publisher": ',
    record('c', blockedBody, { publishedAt: 'Friday' }),
    record('d', blockedBody, { about: ['lachin-corridor', 'nowhere'] }),
    JSON.stringify({ id: 'e', publisher: 'Valley Herald', publishedAt: '2023-01-20' }),
    record('f'),
  ];
  const { exitCode, stdout, stderr } = await runCommand(options, lines.join('\n'));
  expect(exitCode).toBe(1);
  expect(idsIn(stdout)).toEqual(['a', 'f']);
  expect(stderr.trim().split('\n')).toEqual([
    expect.stringMatching(/^line 2: is not valid JSON/),
    expect.stringMatching(/^line 3: publishedAt: must be a day or an RFC 3339 instant/),
    'line 4: about[1]: "nowhere" is not a corridor of the --corridors file',
    expect.stringMatching(/^line 5: body: /),
  ]);
});

it.each([
  ['no input', '', []],
  ['blank lines', '\n\r\n \n', []],
  [
    'a byte order mark and lines that end as on Windows',
    `\ufeff${record('a')}\r\n${record('b')}\r\n`,
    ['a', 'b'],
  ],
])('takes %s', async (_name, input, ids) => {
  const { exitCode, stdout, stderr } = await runCommand(options, input);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(idsIn(stdout)).toEqual(ids);
});

it('passes over a line that is too long', async () => {
  const long = record('b', 'x'.repeat(17 * 1_024 * 1_024));
  const { exitCode, stdout, stderr } = await runCommand(options, `${record('a')}\n${long}\n${record('c')}`);
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: 'line 2: is longer than 16 MiB\n' });
  expect(idsIn(stdout)).toEqual(['a', 'c']);
});

it('ends in peace when its reader has had enough', async () => {
  const child = startCommand(options);
  const exited = exitOf(child);
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  // It goes on writing for as long as somebody listens.
  const feed = () => {
    while (child.stdin.writable && child.stdin.write(`${record('a')}\n`.repeat(100)));
  };
  child.stdin.on('drain', feed).on('error', () => undefined);
  feed();
  child.stdout.once('data', () => child.stdout.destroy());
  expect(await exited).toBe(0);
  expect(stderr).toBe('');
});

it('holds no more of a long stream than it works on', async () => {
  const batch = `${record('a', blockedBody, { note: 'x'.repeat(40_000) })}\n`.repeat(100);
  const batchCount = 100;
  const tellsPeak = 'process.on("exit", () => console.error(process.resourceUsage().maxRSS))';
  const child = startCommand(options, [
    '--max-semi-space-size=8',
    '--import',
    `data:text/javascript,${tellsPeak}`,
  ]);
  Readable.from(Array(batchCount).fill(batch)).pipe(child.stdin);
  const [stdout, peakKilobytes] = await Promise.all([text(child.stdout), text(child.stderr)]);
  expect(idsIn(stdout)).toHaveLength(batchCount * 100);
  const streamKilobytes = (batch.length * batchCount) / 1_024;
  expect(Number(peakKilobytes)).toBeLessThan(streamKilobytes * 0.6);
}, 60_000);

it('spells out in words why a claim was made', async () => {
  const { stdout } = await runCommand([...options, '--explain'], record('a'));
  expect(stdout).toMatch(/"why":"Rule “[a-z-]+” found it.* Coded by rules\/\d+ with data [0-9a-f]{12}\."/);
});

it('codes with what an operator adds to its words', async () => {
  const body = 'The Lachin corridor is barricadoed, France said.';
  const data = await folder.write('more.json', { cues: { closed: ['barricadoed'] } });
  const plain = await runCommand(options, record('a', body));
  const extended = await runCommand([...options, '--data', data], record('a', body));
  expect(plain.stdout).toBe('{"id":"a","claims":[]}\n');
  expect(extended.stdout).toContain('"status":"blocked"');
});

describe('does not start, exits with 2 and leaves stdout empty', () => {
  it.each([
    ['a corridor without a name', [corridors[1], { id: 'x' }], /^FILE: entry 2 \(x\): name: /],
    ['a bad alias', [{ id: 'x', name: 'X', aliases: ['a', 7] }], /^FILE: entry 1 \(x\): aliases\[1\]: /],
    [
      'an id used twice',
      [corridors[0], corridors[0]],
      /^FILE: entry 2 \(lachin-corridor\): id: is used twice/,
    ],
    ['no list', { id: 'x' }, /^FILE must hold a list of corridors/],
    ['no JSON', '[', /^FILE is not valid JSON/],
  ])('for a corridors file with %s', async (_name, content, message) => {
    const file = await folder.write('bad-corridors.json', content);
    const { exitCode, stdout, stderr } = await runCommand(['code', '--corridors', file], record('a'));
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr.replaceAll(file, 'FILE')).toMatch(message);
  });

  it('for a file that is not there', async () => {
    const file = folder.path('absent.json');
    const { exitCode, stderr } = await runCommand(['code', '--corridors', file]);
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(file) as string,
    });
  });

  it('for coding data with a flaw', async () => {
    const data = await folder.write('flawed.json', { rules: [{ id: 'x', type: 'rumour' }] });
    const { exitCode, stdout, stderr } = await runCommand([...options, '--data', data], record('a'));
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(`${data}: rules[0].type: `);
  });

  it.each([[['code']], [['code', '--corridor', 'x']], [['decode']]])('for %j', async (args) => {
    const { exitCode, stdout, stderr } = await runCommand(args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('--help');
  });
});

it('teaches by example', async () => {
  const { exitCode, stdout } = await runCommand(['code', '--help']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('npx corridor-watch code --corridors corridors.json < statements.ndjson');
});

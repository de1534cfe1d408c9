import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const project = join(import.meta.dirname, '..');

/** A house that breaks every rule once, by the rule that it breaks. */
const violations: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'apps-do-not-import-apps': { 'apps/one/src/a.ts': "import '../../two/src/b.ts';", 'apps/two/src/b.ts': '' },
  'libs-do-not-import-apps': { 'libs/ledger/src/a.ts': "import '../../../apps/two/src/b.ts';" },
  'libs-are-entered-by-their-index': {
    'apps/one/src/c.ts': "import '../../../libs/ledger/src/inner.ts';",
    'libs/ledger/src/inner.ts': '',
  },
  'pure-libs-stay-pure': { 'libs/status/src/clock.ts': "import 'pg';" },
  'deciders-stay-pure': { 'apps/one/src/some.decider.ts': "import '@nestjs/common';" },
  'only-the-feed-knows-kafka': { 'apps/one/src/d.ts': "import 'kafkajs';" },
  'proofs-keep-cryptography-in-one-file': { 'libs/proofs/src/a.ts': "import 'node:crypto';" },
  'events-depend-on-nothing': {
    'libs/events/src/a.ts': "import '../../proofs/src/index.ts';",
    'libs/proofs/src/index.ts': '',
  },
  'no-cycles': { 'libs/feed/src/a.ts': "import './b.ts';", 'libs/feed/src/b.ts': "import './a.ts';" },
  'no-test-code-in-production': {
    'apps/one/src/e.ts': "import './e.spec.ts';",
    'apps/one/src/e.spec.ts': '',
  },
  'not-to-unresolvable': { 'apps/one/src/f.ts': "import './nowhere.ts';" },
};

let house: string;
let broken: ReadonlySet<string>;

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'corridor-watch-house-'));
  symlinkSync(join(project, 'node_modules'), join(house, 'node_modules'));
  for (const file of ['package.json', 'tsconfig.json', '.dependency-cruiser.cjs']) {
    cpSync(join(project, file), join(house, file));
  }
  for (const [name, text] of Object.values(violations).flatMap((files) => Object.entries(files))) {
    mkdirSync(join(house, dirname(name)), { recursive: true });
    writeFileSync(join(house, name), text);
  }
  broken = brokenRules(house);
});

afterAll(() => {
  rmSync(house, { recursive: true, force: true });
});

it.each(Object.keys(violations))('a planted violation of "%s" is found', (rule) => {
  expect(broken).toContain(rule);
});

it('every rule has a planted violation', async () => {
  const { default: config } = (await import(join(project, '.dependency-cruiser.cjs'))) as {
    default: { forbidden: { name: string }[] };
  };
  expect(config.forbidden.map(({ name }) => name).sort()).toEqual(Object.keys(violations).sort());
});

function brokenRules(folder: string): ReadonlySet<string> {
  const depcruise = join(project, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs');
  const args = [depcruise, 'apps', 'libs', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
  let output: string;
  try {
    output = execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  } catch (error) {
    output = (error as { stdout: string }).stdout;
  }
  const { summary } = JSON.parse(output) as { summary: { violations: { rule: { name: string } }[] } };
  return new Set(summary.violations.map(({ rule }) => rule.name));
}

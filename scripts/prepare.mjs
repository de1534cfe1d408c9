// Runs before `npm start`, the services and the commands, with whatever Node the machine has, so it depends on nothing
// but Node: installs from the lockfile when that has changed since, and builds when a source has. It says all on stderr,
// since stdout belongs to the records of the command that runs next.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`Node 20.19 or later is needed to install; this is ${process.versions.node}.`);
}

installWhenNeeded();
buildWhenStale();

function installWhenNeeded() {
  // npm writes this file with every install, so one that is older than the lockfile tells of another state.
  const installed = modifiedAt('node_modules/.package-lock.json');
  if (installed !== null && installed >= modifiedAt('package-lock.json')) return;
  say('Installing packages from package-lock.json …');
  // Only errors: npm would warn of every package that wants the Node which this very step brings.
  run('npm', ['ci', '--loglevel=error', '--no-audit', '--no-fund']);
}

function buildWhenStale() {
  const wanted = hashOf([
    'package.json',
    'tsconfig.json',
    'tsconfig.build.json',
    'nest-cli.json',
    'scripts/bundle-verifier.mjs',
    ...sources(),
  ]);
  const stamp = join(root, 'dist', '.corridor-watch-built');
  if (readOr(stamp, '') === wanted) return;
  say('Building …');
  run('npm', ['run', '--silent', 'build']);
  writeFileSync(stamp, wanted);
}

function sources() {
  return ['apps', 'libs'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true })
      .map((name) => join(folder, String(name)))
      .filter((name) => /\/src\/.*\.(ts|json)$/.test(name) && !name.endsWith('.spec.ts'))
      .filter((name) => statSync(join(root, name)).isFile())
      .sort(),
  );
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

function modifiedAt(file) {
  const path = join(root, file);
  return existsSync(path) ? statSync(path).mtimeMs : null;
}

function readOr(file, fallback) {
  return existsSync(file) ? readFileSync(file, 'utf8') : fallback;
}

function run(command, args) {
  const windows = process.platform === 'win32';
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', process.stderr, 'inherit'],
    shell: windows,
  });
  if (error !== undefined) fail(`${command} could not be started: ${error.message}`);
  if (status !== 0) fail(`\`${command} ${args.join(' ')}\` failed.`);
}

function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}

function fail(sentence) {
  say(sentence);
  process.exit(1);
}

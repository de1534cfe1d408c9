// Makes one file of the offline verifier, so that who holds a bundle needs Node and nothing else: no clone, no packages.
// Not minified: it is short, and who relies on it may read it.
import { chmodSync } from 'node:fs';
import { join } from 'node:path';

const { build } = await import('esbuild').catch(() => {
  process.stderr.write('esbuild is not installed, which package-lock.json names: run `npm ci`.\n');
  process.exit(1);
});
const root = join(import.meta.dirname, '..');
const outfile = process.argv[2] ?? join(root, 'dist/corridor-watch-verify.mjs');

await build({
  absWorkingDir: root,
  entryPoints: ['apps/command-line/src/verification/verify.main.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  conditions: ['source'],
  legalComments: 'inline',
  logLevel: 'warning',
  banner: {
    js: '#!/usr/bin/env node\n// Verifies an exported bundle of Corridor Watch offline. Apache-2.0. See --help.',
  },
});
chmodSync(outfile, 0o755);

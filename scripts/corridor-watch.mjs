#!/usr/bin/env node
// `npx corridor-watch` in a clone: prepares as `npm start` does, then runs the command line with the project's own Node.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import './prepare.mjs';

const root = join(import.meta.dirname, '..');
const windows = process.platform === 'win32';
const node = join(root, 'node_modules', '.bin', windows ? 'node.cmd' : 'node');
const main = join(root, 'dist', 'apps', 'command-line', 'src', 'main.js');

const child = spawn(node, ['--enable-source-maps', main, ...process.argv.slice(2)], {
  stdio: 'inherit',
  shell: windows,
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  process.stderr.write(`${node} could not be started: ${error.message}\n`);
  process.exitCode = 2;
});
child.on('exit', (code) => {
  process.exitCode = code ?? 2;
});

import { type Command } from 'commander';
import { exitCodes } from '../exit-codes.ts';
import { vectorFiles } from './vector.files.ts';
import { runVectors, type VectorResult } from './vector.run.ts';

export function addCheckVectorsCommand(program: Command): void {
  program
    .command('check-vectors')
    .description('Runs the public vectors of others against the proofs and the canonical form of ours.')
    .argument('<folder>', `holds ${vectorFiles.map(({ name }) => name).join(', ')}`)
    .addHelpText('after', help)
    .action(checkVectors);
}

async function checkVectors(folder: string): Promise<void> {
  const results: VectorResult[] = [];
  for (const file of vectorFiles) results.push(await runVectors(folder, file));
  process.stdout.write(tableOf(results));
  const failures = results.flatMap((result) => result.failures);
  for (const failure of failures) process.stderr.write(`${failure}\n`);
  process.exitCode = failures.length > 0 ? exitCodes.someLinesBad : exitCodes.done;
}

function tableOf(results: readonly VectorResult[]): string {
  const rows = [
    ['vectors', 'passed', 'failed'],
    ...results.map(({ file, passedCount, failures }) => [
      file.proves,
      String(passedCount),
      String(failures.length),
    ]),
  ];
  return rows
    .map(
      ([name = '', ...counts]) => `${name.padEnd(32)}${counts.map((count) => count.padStart(8)).join('')}\n`,
    )
    .join('');
}

const help = `
Most vectors are forged, and pass when they are refused.

Exit code: 0 all passed, 1 some did not (stderr names them), 2 a file is missing or a line of it broken.

Example:
  $ npm run --silent check:vectors -- vectors
`;

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Command } from 'commander';

/** As a process of its own: it needs the database and the rules of ingestion, and apps do not import apps. */
const program = join(import.meta.dirname, '../../../ingestion/src/recode.js');

export function addRecodeCommand(parent: Command): void {
  parent
    .command('recode')
    .description(
      'Applies the present coder to every statement in the ledger; it has options and help of its own.',
    )
    .helpOption(false)
    .allowUnknownOption()
    .argument('[options...]')
    .action(recode);
}

async function recode(options: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, ['--enable-source-maps', program, ...options], { stdio: 'inherit' });
  // A terminal sends Ctrl-C to both: the child finishes the batch in hand, and this process waits for it.
  const wait = (): void => undefined;
  process.on('SIGINT', wait);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  const [code] = (await once(child, 'close')) as [number | null];
  process.off('SIGINT', wait);
  process.exitCode = code ?? 1;
}

import { Command, CommanderError } from 'commander';
import { BadInputError } from './bad-input.error.ts';
import { exitCodes } from './exit-codes.ts';

/** Subcommands take over how it fails, so they are added after. */
export function newProgram(name: string): Command {
  return new Command(name).showHelpAfterError('Add --help to see how it is used.').exitOverride();
}

/**
 * Runs the command that the arguments of the process name, and sets the exit code.
 * @param exitCodeOf of an error that is the world's and not ours; null for those that are thrown on
 */
export async function runProgram(
  program: Command,
  exitCodeOf: (error: unknown) => number | null = () => null,
): Promise<void> {
  // Who reads has had enough, as `head` has after its lines: no fault of ours, and nothing to be told.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(process.exitCode ?? exitCodes.done);
  });
  try {
    await program.parseAsync();
  } catch (error) {
    process.exitCode = codeOf(error, exitCodeOf);
  }
}

function codeOf(error: unknown, exitCodeOf: (error: unknown) => number | null): number {
  // Commander has printed what is wrong, or the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.cannotStart;
  const code = error instanceof BadInputError ? exitCodes.cannotStart : exitCodeOf(error);
  if (code === null) throw error;
  process.stderr.write(`${(error as Error).message}\n`);
  return code;
}

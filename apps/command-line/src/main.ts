import { Command, CommanderError } from 'commander';
import { addCodeCommand } from './coding/code.command.ts';
import { addEvalCodingCommand } from './coding/eval-coding.command.ts';
import { BadInputError } from './bad-input.error.ts';
import { exitCodes } from './exit-codes.ts';
import { addRecodeCommand } from './recoding/recode.command.ts';
import { addEvalTimelineCommand } from './timeline/eval-timeline.command.ts';
import { InstanceError } from './timeline/instance.error.ts';
import { addCheckVectorsCommand } from './vectors/check-vectors.command.ts';

/** A command is a file of its own that adds itself to the program and sets the exit code. */
const commands = [
  addCodeCommand,
  addEvalCodingCommand,
  addEvalTimelineCommand,
  addRecodeCommand,
  addCheckVectorsCommand,
];

const program = new Command('corridor-watch')
  .description('Corridor Watch on the command line. Records go to stdout, and nothing else does.')
  .showHelpAfterError('Add --help to see how it is used.')
  .exitOverride();
for (const add of commands) add(program);

// Who reads has had enough, as `head` has after its lines: no fault of ours, and nothing to be told.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(exitCodes.done);
});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

function exitCodeOf(error: unknown): number {
  // Commander has printed what is wrong, or the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.cannotStart;
  if (!(error instanceof BadInputError) && !(error instanceof InstanceError)) throw error;
  process.stderr.write(`${error.message}\n`);
  return error instanceof BadInputError ? exitCodes.cannotStart : exitCodes.brokeOff;
}

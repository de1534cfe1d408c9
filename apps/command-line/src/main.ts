import { addCodeCommand } from './coding/code.command.ts';
import { addEvalCodingCommand } from './coding/eval-coding.command.ts';
import { exitCodes } from './exit-codes.ts';
import { newProgram, runProgram } from './program.run.ts';
import { addRecodeCommand } from './recoding/recode.command.ts';
import { addEvalTimelineCommand } from './timeline/eval-timeline.command.ts';
import { InstanceError } from './timeline/instance.error.ts';
import { addCheckVectorsCommand } from './vectors/check-vectors.command.ts';
import { addVerifyCommand } from './verification/verify.command.ts';

/** A command is a file of its own that adds itself to the program and sets the exit code. */
const commands = [
  addCodeCommand,
  addEvalCodingCommand,
  addEvalTimelineCommand,
  addRecodeCommand,
  addCheckVectorsCommand,
  addVerifyCommand,
];

const program = newProgram('corridor-watch').description(
  'Corridor Watch on the command line. Records go to stdout, and nothing else does.',
);
for (const add of commands) add(program);

await runProgram(program, (error) => (error instanceof InstanceError ? exitCodes.brokeOff : null));

import { newProgram, runProgram } from '../program.run.ts';
import { describeVerify } from './verify.command.ts';

/** The verifier by itself: `npm run build` makes one file of it, for who has no clone of the project. */
await runProgram(describeVerify(newProgram('corridor-watch-verify')));

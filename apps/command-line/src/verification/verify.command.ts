import { type Command, InvalidArgumentError } from 'commander';
import { decimalOf } from '#proofs';
import { ProgressLine } from '../progress.line.ts';
import { defaultStateFolder } from './state.config.ts';
import { readTrustFile } from './trust-file.reader.ts';
import { TrustedLogStore } from './trusted-log.store.ts';
import { exitCodeOf, verificationRecord, verificationReport } from './verification.report.ts';
import { runVerification } from './verification.run.ts';

interface Options {
  readonly trust?: string;
  /** False for --no-state. */
  readonly state: string | false;
  readonly cosignatures: number;
  readonly json?: true;
}

export function addVerifyCommand(program: Command): void {
  describeVerify(program.command('verify'));
}

/** The command by itself, for the verifier that is one file. */
export function describeVerify(command: Command): Command {
  return command
    .description('Verifies an exported bundle offline: each event, each payload, the tree, the signatures.')
    .argument('<bundle>', 'a file, or - for stdin')
    .option('--trust <file>', 'whom you trust: keys of the log, old ones with their sizes, and witnesses')
    .option('--state <folder>', 'where the heads are kept that were verified before', defaultStateFolder())
    .option('--no-state', 'keep nothing, and hold the bundle against nothing')
    .option('--cosignatures <count>', 'how many witnesses of the trust file must have cosigned', countOf, 0)
    .option('--json', 'the outcome as one JSON record on stdout')
    .addHelpText('after', help)
    .action(verify);
}

async function verify(bundle: string, { trust, state, cosignatures, json }: Options): Promise<void> {
  const store = state === false ? null : new TrustedLogStore(state);
  const progress = new ProgressLine(process.stderr, 'events');
  if (bundle === '-' && process.stdin.isTTY) process.stderr.write('Reading a bundle from the terminal.\n');
  const verification = await runVerification({
    bundle,
    trust: trust === undefined ? null : await readTrustFile(trust),
    store,
    cosignatureMin: cosignatures,
    tell: (eventCount, ofCount) => {
      progress.reach(eventCount, ofCount);
    },
  }).finally(() => {
    progress.clear();
  });
  const origin = verification.claimed?.claimed.origin;
  const keptIn = origin === undefined ? null : (store?.path(origin) ?? null);
  process.exitCode = exitCodeOf(verification);
  process.stdout.write(
    json === true
      ? `${JSON.stringify(verificationRecord(verification))}\n`
      : verificationReport(verification, keptIn),
  );
}

function countOf(text: string): number {
  const count = decimalOf(text);
  if (count === null) throw new InvalidArgumentError('It must be a count.');
  return count;
}

const help = `
Nothing is asked of any server. A bundle of the whole ledger shows that no event is altered, missing or added; that of
a corridor shows that each of its events is in the ledger as it stands, not that none was left out.

The first bundle of a log is believed by the key that came with it, which is said plainly; the key is kept, and no
other is believed later. A trust file is better: the log serves one, and it should reach you by another way.
  log log.example+0a1b2c3d+AW… sizes:0-1204
  log log.example+4e5f6a7b+AX… sizes:1204-
  witness w1 witness.example+8c9d0e1f+BY…

The last head that was verified is kept too, and a later bundle must go on from it.

Exit code: 0 verified; 1 altered, cut off, forged, or signed by no trusted key (the position is named); 2 wrong option,
or no bundle; 3 another history than before (both signed heads are printed); 4 it holds in itself, but nothing shows
that it goes on from the head that was kept.

Example:
  $ npm run --silent verify -- bundle.ndjson
  $ curl … '/v1/audit/export' | npx corridor-watch verify --trust log.trust --json -
`;

import pg from 'pg';
import { EmbeddedPostgresError } from '#embedded-postgres';
import { checkLedger, type LedgerReport, readTrust, type SavedCheckpoint } from '#ledger-check';
import { isDatabaseAway, SettingsError } from '#platform';
import { formatTrustFile, parseCheckpoint, parseNote, ProofError, type TrustFile } from '#proofs';
import { commandDatabaseSettings, openCommandDatabase } from '#service';
import { BadInputError } from '../bad-input.error.ts';
import { exitCodes } from '../exit-codes.ts';
import { newProgram, runProgram } from '../program.run.ts';
import { ProgressLine } from '../progress.line.ts';
import { defaultStateFolder } from '../verification/state.config.ts';
import { keysOf, type TrustedLog, TrustedLogStore } from '../verification/trusted-log.store.ts';
import { readTrustFile } from '../verification/trust-file.reader.ts';
import { ledgerExitCode, ledgerRecord, ledgerReportText, type TrustOrigin } from './ledger.report.ts';

interface Options {
  readonly trust?: string;
  /** False for --no-state. */
  readonly state: string | false;
  readonly json?: true;
}

const program = newProgram('verify:ledger')
  .description(
    'Recomputes the whole ledger from its tables, and holds it against everything that was signed.',
  )
  .option('--trust <file>', 'whom you trust: keys of the log, old ones with their sizes')
  .option('--state <folder>', 'where the heads are kept that were verified before', defaultStateFolder())
  .option('--no-state', 'keep nothing, and hold the ledger against nothing from before')
  .option('--json', 'the outcome as one JSON record on stdout')
  .addHelpText(
    'after',
    `
It uses DATABASE_URL when that is set, else the embedded Postgres in DATA_DIR (.data), whether "npm start" runs or not.
It reads only. A login that is a member of corridor_watch_ledger_reader and corridor_watch_transparency is enough.

The keys, and the head that held, are kept for each log, as "npm run verify" keeps them: later the ledger must go on
from there, also when everything in the database, signatures included, was made anew.

Exit code: 0 nothing was altered; 1 altered (the first position is named); 2 it could not start; 3 another history
than before (both signed heads are printed).

Examples:
  $ npm run --silent verify:ledger
  $ DATABASE_URL=postgres://auditor@db/corridor_watch npm run --silent verify:ledger -- --trust log.trust --json`,
  )
  .action(verifyLedger);

await runProgram(program, (error) => (isToldInOneSentence(error) ? exitCodes.cannotStart : null));

async function verifyLedger({ trust, state, json }: Options): Promise<void> {
  const store = state === false ? null : new TrustedLogStore(state);
  const given = trust === undefined ? null : await readTrustFile(trust);
  const database = await openCommandDatabase(commandDatabaseSettings());
  try {
    const { report, keys, origin, source } = await inSnapshot(database.url, (client) =>
      verified(client, given, store),
    );
    const exitCode = ledgerExitCode(report);
    const facts = { origin, source, keptIn: store?.path(origin) ?? null };
    process.stdout.write(
      json === true ? `${JSON.stringify(ledgerRecord(report, facts))}\n` : ledgerReportText(report, facts),
    );
    if (exitCode === 0 && report.head !== null) await keep(store, origin, keys, report.head);
    process.exitCode = exitCode;
  } finally {
    await database.release();
  }
}

/** All is seen as it was at one moment, while the services go on. */
async function inSnapshot<Result>(
  databaseUrl: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'corridor-watch verify:ledger',
  });
  await client.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return await work(client);
  } finally {
    await client.end();
  }
}

async function verified(client: pg.Client, given: TrustFile | null, store: TrustedLogStore | null) {
  const own = await readTrust(client);
  const origin = (given ?? own).logKeys[0]?.key.name;
  if (origin === undefined)
    throw new BadInputError('Nothing was signed yet in this database, and --trust names no key.');
  const before = (await store?.read(origin)) ?? { keys: '', heads: [] };
  const pinned = keysOf(before);
  const source: TrustOrigin = given !== null ? 'file' : pinned !== null ? 'pinned' : 'first-use';
  const keys = given ?? pinned ?? own;
  const progress = new ProgressLine(process.stderr, 'events');
  const report: LedgerReport = await checkLedger({
    client,
    trust: keys,
    saved: savedHead(before),
    onProgress: (position, head) => {
      progress.reach(position, head);
    },
  });
  progress.clear();
  return { report, keys, origin, source };
}

function savedHead({ heads }: TrustedLog): SavedCheckpoint | null {
  const saved = heads.map((note) => ({ note, checkpoint: parseCheckpoint(parseNote(note).text) }));
  return saved.reduce<SavedCheckpoint | null>(
    (largest, each) => (largest === null || each.checkpoint.size >= largest.checkpoint.size ? each : largest),
    null,
  );
}

async function keep(
  store: TrustedLogStore | null,
  origin: string,
  keys: TrustFile,
  head: string,
): Promise<void> {
  if (store === null) return;
  const { heads } = await store.read(origin);
  await store.write(origin, {
    keys: formatTrustFile({ logKeys: keys.logKeys.filter(({ key }) => key.name === origin), witnesses: [] }),
    heads: heads.includes(head) ? heads : [...heads, head],
  });
}

function isToldInOneSentence(error: unknown): boolean {
  return (
    error instanceof SettingsError ||
    error instanceof EmbeddedPostgresError ||
    error instanceof ProofError ||
    error instanceof pg.DatabaseError ||
    isDatabaseAway(error)
  );
}

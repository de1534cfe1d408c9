import { setTimeout as pause } from 'node:timers/promises';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { type Pool } from 'pg';
import { EmbeddedPostgresError } from '#embedded-postgres';
import { createLogger, SettingsError } from '#platform';
import {
  cancelReplay,
  PartialSwitchError,
  readReplay,
  ReplayBeyondHeadError,
  ReplayUnderWayError,
  requestReplay,
  type ReplayView,
} from '#replay';
import {
  commandDatabaseSettings,
  migrateWhenReachable,
  openCommandDatabase,
  sharedMigrations,
} from '#service';
import { blockadeStatusMigrations } from '../../blockade-status/src/blockade-status.migrations.ts';
import { ingestionMigrations } from '../../ingestion/src/ingestion.migrations.ts';
import { notificationMigrations } from '../../notification/src/notification.migrations.ts';
import { openHosts, type OwnHosts } from './replay/own-hosts.ts';
import { ProgressBar } from './replay/progress.bar.ts';
import { reportText } from './replay/replay.report.ts';

interface Options {
  readonly toPosition?: number;
  readonly switch?: true;
  readonly json?: true;
}

const exitCodes = { identical: 0, different: 1, failed: 2, cancelled: 2, running: 2 } as const;
const cannotStart = 2;
const lookEveryMs = 200;

const program = new Command('replay')
  .description('Rebuilds every projection from the ledger beside the live ones, decides anew, and compares.')
  .option('--to-position <n>', 'replay up to this ledger position, and compare as of there', positionFrom)
  .option('--switch', 'let the rebuilt tables take the place of the live ones')
  .option('--json', 'one JSON object on stdout instead of text')
  .addHelpText(
    'after',
    `
It uses DATABASE_URL when that is set, else the embedded Postgres in DATA_DIR (.data), whether "npm start" runs or not.
It does the work itself; where it is killed, a running service or the next "npm run replay" goes on where it was.
Ctrl-C cancels it. Nothing is sent to anyone, and nothing is written to the ledger.

Exit codes: 0 identical; 1 different; 2 it could not start, failed, or was cancelled.`,
  )
  .exitOverride()
  .action(run);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : cannotStart;
  } else {
    if (!isToldInOneSentence(error)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = cannotStart;
  }
}

async function run(options: Options): Promise<void> {
  const database = await openCommandDatabase(commandDatabaseSettings());
  const log = createLogger('replay', 'warn');
  const rooms = [...sharedMigrations, ingestionMigrations, blockadeStatusMigrations, notificationMigrations];
  try {
    await migrateWhenReachable(database.url, rooms, log);
    const hosts = await openHosts(database.url, log);
    try {
      const id = await requestOrJoin(hosts, options);
      const replay = await watch(hosts.pool, id);
      process.stdout.write(`${options.json === true ? JSON.stringify(replay) : reportText(replay)}\n`);
      process.exitCode = exitCodes[replay.state];
    } finally {
      await hosts.close();
    }
  } finally {
    await database.release();
  }
}

/** A replay of the same, which was killed or asked for elsewhere, is gone on with. */
async function requestOrJoin({ pool, ledger }: OwnHosts, options: Options): Promise<string> {
  const wanted = { toPosition: options.toPosition ?? null, switch: options.switch === true };
  try {
    return await requestReplay(pool, ledger, { ...wanted, requestedBy: 'npm run replay' });
  } catch (error) {
    if (!(error instanceof ReplayUnderWayError)) throw error;
    const under = await readReplay(pool, error.runId);
    if (under.toPosition !== wanted.toPosition || under.switch !== wanted.switch) throw error;
    process.stderr.write(`The replay ${error.runId} is under way; it goes on.\n`);
    return error.runId;
  }
}

async function watch(pool: Pool, id: string): Promise<ReplayView> {
  const cancel = (): void => {
    void cancelReplay(pool, id);
  };
  process.once('SIGINT', cancel).once('SIGTERM', cancel);
  const progress = new ProgressBar(process.stderr);
  for (;;) {
    const replay = await readReplay(pool, id);
    if (replay.state !== 'running') {
      progress.clear();
      return replay;
    }
    progress.show(replay);
    await pause(lookEveryMs);
  }
}

function positionFrom(text: string): number {
  const position = Number(text);
  if (!/^\d{1,15}$/.test(text) || position < 1)
    throw new InvalidArgumentError('It is a ledger position: a whole number from 1 on.');
  return position;
}

function isToldInOneSentence(error: unknown): error is Error {
  return (
    error instanceof ReplayUnderWayError ||
    error instanceof ReplayBeyondHeadError ||
    error instanceof PartialSwitchError ||
    error instanceof EmbeddedPostgresError ||
    error instanceof SettingsError ||
    (error instanceof Error && error.message.startsWith('Cannot start: '))
  );
}

import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { type Pool } from 'pg';
import { z } from 'zod';
import { EmbeddedPostgresError } from '#embedded-postgres';
import { corridorId } from '#events';
import { openLedger, type Ledger } from '#ledger';
import { createLogger, openPool, SettingsError } from '#platform';
import { migrateWhenReachable, openCommandDatabase, sharedMigrations } from '#service';
import { readCoders, type Coders } from './ingestion.coders.ts';
import { ingestionMigrations } from './ingestion.migrations.ts';
import { ingestionRole } from './ingestion.role.ts';
import { nameOf } from './recoding/present-coding.ts';
import { ProgressLine } from './recoding/progress.line.ts';
import { recode } from './recoding/recoder.ts';
import { recodingSettings } from './recoding/recoding.config.ts';
import { alone, RecodingUnderWayError } from './recoding/recoding-run.store.ts';
import { ExampleCollection, reportText, type RecodingReport } from './recoding/recoding-report.ts';
import { StatusPreview } from './recoding/status-preview.ts';
import { Registry } from './registry.ts';

interface Options {
  readonly dryRun?: true;
  readonly json?: true;
  readonly corridor?: string;
  readonly since?: Date;
}

const exitCodes = { done: 0, stopped: 1, cannotStart: 2 } as const;

class UnknownCorridorError extends Error {}

const program = new Command('recode')
  .description('Applies the present coder to every statement in the ledger. What people have decided stays.')
  .option('--dry-run', 'report the difference, and apply nothing')
  .option('--json', 'one JSON object on stdout instead of text')
  .option('--corridor <id>', 'the claims about this corridor alone', corridorFrom)
  .option('--since <moment>', 'statements that came at or after this day or instant', momentFrom)
  .addHelpText(
    'after',
    `
It uses DATABASE_URL when that is set, else the embedded Postgres in DATA_DIR (.data), whether "npm start" runs or not.
It can be stopped and killed at any time; begun again it goes on where it was, and appends nothing twice.

Exit codes: 0 done; 1 stopped before the end; 2 it could not start.`,
  )
  .exitOverride()
  .action(run);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.cannotStart;
  } else {
    if (!isToldInOneSentence(error)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = exitCodes.cannotStart;
  }
}

async function run(options: Options): Promise<void> {
  const settings = recodingSettings();
  const coders = await readCoders(settings.CODING_DATA_FILE);
  const database = await openCommandDatabase(settings);
  try {
    await migrateWhenReachable(
      database.url,
      [...sharedMigrations, ingestionMigrations],
      createLogger('recode', 'warn'),
    );
    const pool = openPool({
      databaseUrl: database.url,
      role: ingestionRole,
      schema: 'ingestion',
      applicationName: 'corridor-watch recode',
      connectionsMax: 8,
    });
    const ledger = openLedger({ pool });
    try {
      const report = await alone(pool, () => recodeWith(options, coders, pool, ledger));
      const text = options.json === true ? JSON.stringify(report) : reportText(report);
      process.stdout.write(`${text}\n`);
      process.exitCode = report.finished ? exitCodes.done : exitCodes.stopped;
    } finally {
      await ledger.close();
      await pool.end();
    }
  } finally {
    await database.release();
  }
}

async function recodeWith(
  options: Options,
  coders: Coders,
  pool: Pool,
  ledger: Ledger,
): Promise<RecodingReport> {
  const { dryRun = false, corridor = null, since } = options;
  const registry = new Registry(ledger);
  await registry.catchUp();
  if (corridor !== null && !registry.isRegistered(corridor))
    throw new UnknownCorridorError(`"${corridor}" is not a registered corridor.`);
  const progress = new ProgressLine(process.stderr);
  const examples = new ExampleCollection();
  const preview = dryRun && since === undefined ? new StatusPreview() : null;
  const stopping = new AbortController();
  const stop = (): void => {
    stopping.abort();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const { counts, position, through } = await recode({
    ledger,
    pool,
    registry,
    coders,
    dryRun,
    corridor,
    after: since === undefined ? 0 : await positionBefore(ledger, since),
    signal: stopping.signal,
    onStatement: (before, after) => preview?.take(before, after),
    onDifference: (difference) => {
      examples.take(difference);
    },
    onProgress: (state) => {
      progress.show(state);
    },
  });
  progress.clear();
  const finished = position >= through;
  const today = new Date().toISOString().slice(0, 10);
  return {
    ...nameOf(coders),
    dryRun,
    finished,
    counts,
    examples: examples.examples,
    statuses: finished ? (preview?.changes(registry.definitions(), today) ?? null) : null,
  };
}

async function positionBefore(ledger: Ledger, since: Date): Promise<number> {
  return ledger.positionAt(new Date(since.getTime() - 1));
}

function corridorFrom(text: string): string {
  const parsed = corridorId.safeParse(text);
  if (!parsed.success) throw new InvalidArgumentError('It is the id of a corridor, as in "lachin-corridor".');
  return parsed.data;
}

function momentFrom(text: string): Date {
  const parsed = z.union([z.iso.date(), z.iso.datetime({ offset: true })]).safeParse(text);
  if (!parsed.success) throw new InvalidArgumentError('It is a day or an instant, as in "2023-01-20".');
  return new Date(parsed.data);
}

function isToldInOneSentence(error: unknown): error is Error {
  return (
    error instanceof UnknownCorridorError ||
    error instanceof RecodingUnderWayError ||
    error instanceof EmbeddedPostgresError ||
    error instanceof SettingsError ||
    (error instanceof Error && error.message.startsWith('Cannot start: '))
  );
}

import { Command, CommanderError } from 'commander';
import { EmbeddedPostgresError } from '#embedded-postgres';
import { KeyFileError } from '#key-file';
import { createLogger, openPool, SettingsError } from '#platform';
import { migrateWhenReachable, openCommandDatabase, sharedMigrations } from '#service';
import { LogKeys, SigningRefusedError, TransparencyError } from '#transparency';
import { keysSettings, type KeysSettings } from './audit/keys.config.ts';
import { rotationText, standingText } from './audit/keys.report.ts';
import { blockadeStatusMigrations, blockadeStatusRole } from './blockade-status.migrations.ts';

interface Options {
  readonly json?: true;
}

const exitCodes = { done: 0, refused: 1, cannotStart: 2 } as const;

const program = new Command('keys')
  .description('The keys that sign the log over the ledger. A private key is never shown.')
  .showHelpAfterError('Add --help to see how it is used.')
  .addHelpText(
    'after',
    `
It uses DATABASE_URL when that is set, else the embedded Postgres in DATA_DIR (.data), whether "npm start" runs or not,
and the key of LOG_SIGNING_KEY, or in LOG_SIGNING_KEY_FILE (DATA_DIR/log/signing.key): run it where the service has it.

Examples:
  npm run keys -- show                 which key signs, and which signed before
  npm run keys -- rotate               when the key may be known to others, or its time is over
  npm run --silent keys -- trust > trust.txt
                                       whom a verifier may believe: hand it on by another way than the service

Exit codes: 0 done; 1 refused, and nothing was changed; 2 it could not start.`,
  )
  .exitOverride();

program
  .command('show')
  .description('Tells which key signs the log, since which size, and which signed before.')
  .option('--json', 'one JSON object on stdout instead of text')
  .action(({ json }: Options) =>
    withKeys(async (keys) => {
      const standing = await keys.standing();
      write(json === true ? JSON.stringify(standing) : standingText(standing));
    }),
  );

program
  .command('rotate')
  .description('Hands the log over to a new key: both sign the tree as it is, then the new one alone.')
  .option('--json', 'one JSON object on stdout instead of text')
  .addHelpText(
    'after',
    `
A service that runs goes on with the new key by itself when it has it in a file. With LOG_SIGNING_KEY set, the new key is
written to LOG_SIGNING_KEY_FILE: give it to the service by unsetting LOG_SIGNING_KEY; until then nothing is signed.
Tell verifiers and witnesses of the new key: "npm run keys -- trust".`,
  )
  .action(({ json }: Options) =>
    withKeys(async (keys, settings) => {
      const rotation = await keys.rotate();
      const given = settings.LOG_SIGNING_KEY !== undefined;
      write(json === true ? JSON.stringify(rotation) : rotationText(rotation, given));
    }),
  );

program
  .command('trust')
  .description('Writes the keys with the sizes that they signed, and the witnesses, as a trust file.')
  .option('--json', 'one JSON object on stdout instead of the file')
  .action(({ json }: Options) =>
    withKeys(async (keys) => {
      const file = await keys.trustFile();
      write(json === true ? JSON.stringify({ lines: file.trimEnd().split('\n') }) : file.trimEnd());
    }),
  );

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

async function withKeys(work: (keys: LogKeys, settings: KeysSettings) => Promise<void>): Promise<void> {
  const { settings, options } = keysSettings();
  const database = await openCommandDatabase(settings);
  try {
    const rooms = [...sharedMigrations, blockadeStatusMigrations];
    await migrateWhenReachable(database.url, rooms, createLogger('keys', 'warn'));
    const pool = openPool({
      databaseUrl: database.url,
      role: blockadeStatusRole,
      applicationName: 'corridor-watch keys',
      connectionsMax: 2,
    });
    try {
      await work(new LogKeys(pool, options.keys, options.witnesses), settings);
    } finally {
      await pool.end();
    }
  } finally {
    await database.release();
  }
}

function write(text: string): void {
  process.stdout.write(`${text}\n`);
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.cannotStart;
  const isRefusal =
    error instanceof SigningRefusedError ||
    error instanceof TransparencyError ||
    error instanceof KeyFileError;
  const isToldInOneSentence =
    isRefusal ||
    error instanceof EmbeddedPostgresError ||
    error instanceof SettingsError ||
    (error instanceof Error && error.message.startsWith('Cannot start: '));
  if (!isToldInOneSentence) throw error;
  process.stderr.write(`${error.message}\n`);
  return isRefusal ? exitCodes.refused : exitCodes.cannotStart;
}

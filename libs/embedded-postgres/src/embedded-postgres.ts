import { resolve } from 'node:path';
import { dataDirectoryAt, initialiseOnce, makeWritable, passwordOf } from './data-directory.ts';
import { giveUpOwnership, stopLeftover, takeOwnership } from './leftover.ts';
import { loopbackPort } from './loopback-port.ts';
import { accountFor, launcherFor } from './postgres-account.ts';
import { postgresBinaries } from './postgres-binaries.ts';
import { type ServerSettings, startServer, stopServer, whenEnded } from './server-process.ts';

export interface EmbeddedPostgresSettings {
  /** Made when missing. Holds the cluster, the password and the log. */
  readonly dataDir: string;
  /** A free one when not given. */
  readonly port?: number;
  readonly serverSettings?: ServerSettings;
  /** Default: `postgres.log` in the data directory; begun anew when it is over 10 MB. */
  readonly logFile?: string;
}

export interface EmbeddedPostgres {
  /** With the password, as a superuser. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Resolves when the server has ended, wanted or not. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Starts a real Postgres on 127.0.0.1 over a data directory that outlives it. */
export async function startPostgres(settings: EmbeddedPostgresSettings): Promise<EmbeddedPostgres> {
  const directory = dataDirectoryAt(resolve(settings.dataDir));
  const binaries = await postgresBinaries();
  const account = await accountFor(directory.cluster);
  await makeWritable(directory, account);
  await takeOwnership(directory);
  try {
    await stopLeftover(directory);
    const port = await loopbackPort(settings.port);
    const launcher = await launcherFor(account, [binaries.postgres, directory.path]);
    const { serverSettings = {}, logFile = directory.logFile } = settings;
    const durable = !isOff(serverSettings['fsync']);
    await initialiseOnce(directory, { initdb: binaries.initdb, launcher, durable });
    const server = await startServer({
      program: binaries.postgres,
      launcher,
      directory,
      port,
      settings: serverSettings,
      logFile,
    });
    const ended = whenEnded(server).then(() => giveUpOwnership(directory));
    const url = `postgres://postgres:${await passwordOf(directory)}@127.0.0.1:${port}/postgres`;
    return { url, port, pid: server.pid, ended, stop: () => stopServer(server, ended) };
  } catch (error) {
    await giveUpOwnership(directory);
    throw error;
  }
}

function isOff(setting: string | number | boolean | undefined): boolean {
  return setting === false || setting === 'off';
}

import { execFile } from 'node:child_process';
import { access, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const pom = join(import.meta.dirname, 'pom.xml');
const cache = join(import.meta.dirname, '../../../.cache');

/**
 * The class path of the broker; Maven fetches it once.
 * @throws Error of one sentence when Java or Maven is missing
 */
export async function brokerClassPath(): Promise<string> {
  await demand('java', '-version', 'Java 17 or later');
  const folder = join(cache, `kafka-${await kafkaVersion()}`);
  const libs = join(folder, 'libs');
  if (!(await exists(libs))) {
    await demand('mvn', '-version', 'Maven');
    await fetchJars(folder, libs);
  }
  return join(libs, '*');
}

async function fetchJars(folder: string, libs: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  // A folder of its own and one rename: a download that was cut off never looks complete, and two runs may race.
  const partial = `${libs}-${process.pid}`;
  try {
    await run(
      'mvn',
      ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${partial}`],
      {
        timeout: 600_000,
      },
    );
    await rename(partial, libs);
  } catch (error) {
    if (await exists(libs)) return;
    throw new Error('The jars of the Kafka test broker could not be fetched through Maven', { cause: error });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

async function kafkaVersion(): Promise<string> {
  const version = /<artifactId>kafka_2\.13<\/artifactId>\s*<version>([^<]+)</.exec(
    await readFile(pom, 'utf8'),
  );
  if (version?.[1] === undefined) throw new Error(`${pom} names no version of kafka_2.13`);
  return version[1];
}

async function demand(command: string, argument: string, what: string): Promise<void> {
  try {
    await run(command, [argument], { env: process.env });
  } catch (error) {
    const message =
      `The Kafka tests need ${what} to start a broker, and the command "${command}" does not run here: ` +
      'install it, or set KAFKA_BROKERS to the address of a running broker';
    throw new Error(message, { cause: error });
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

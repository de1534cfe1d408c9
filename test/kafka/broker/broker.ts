import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brokerClassPath } from './broker-jars.ts';
import { untilBrokerAnswers } from './broker-probe.ts';
import { type BrokerPorts, javaOptions, serverProperties } from './server-properties.ts';

/** A real broker of one node that a test may mistreat. */
export interface Broker {
  readonly brokers: string[];
  readonly pid: number;
  /** As the power cut does it; the data stays. */
  kill(): Promise<void>;
  /** Starts it again with the data it has, on the same port. */
  restart(): Promise<void>;
  /** Kills it, throws all its data away, and starts it empty on the same port. */
  wipe(): Promise<void>;
  /** Ends it for good and removes its files. */
  stop(): Promise<void>;
}

export async function startBroker({ readyMs = 60_000 } = {}): Promise<Broker> {
  const classPath = await brokerClassPath();
  const folder = await mkdtemp(join(tmpdir(), 'corridor-watch-kafka-'));
  const ports: BrokerPorts = await freePorts();
  const brokers = [`127.0.0.1:${ports.clients}`];
  let running: ChildProcess | null = null;

  async function start(): Promise<void> {
    running = await launch(classPath, folder);
    await untilBrokerAnswers(ports.clients, { readyMs, running, logFile: join(folder, 'broker.log') });
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = running;
    running = null;
    if (ending === null) return;
    if (ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = once(ending, 'exit');
    ending.kill(signal);
    await ended;
  }

  // A run that is broken off must leave neither a broker nor its files behind.
  const clearAtExit = (): void => {
    running?.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', clearAtExit);
  await format(classPath, folder, ports);
  await start();
  return {
    brokers,
    get pid() {
      return running?.pid ?? 0;
    },
    kill: () => end('SIGKILL'),
    restart: async () => {
      await end('SIGTERM');
      await start();
    },
    wipe: async () => {
      await end('SIGKILL');
      await rm(join(folder, 'data'), { recursive: true });
      await format(classPath, folder, ports);
      await start();
    },
    stop: async () => {
      process.removeListener('exit', clearAtExit);
      await end('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const execute = promisify(execFile);

async function format(classPath: string, folder: string, ports: BrokerPorts): Promise<void> {
  const properties = join(folder, 'server.properties');
  await mkdir(join(folder, 'data'), { recursive: true });
  await writeFile(properties, serverProperties(ports, join(folder, 'data')));
  const storage = ['-cp', classPath, '-XX:TieredStopAtLevel=1', 'kafka.tools.StorageTool'];
  const { stdout } = await execute('java', [...storage, 'random-uuid']);
  await execute('java', [
    ...storage,
    'format',
    '-t',
    stdout.trim().split('\n').at(-1) ?? '',
    '-c',
    properties,
    '--standalone',
    '--ignore-formatted',
  ]);
}

async function launch(classPath: string, folder: string): Promise<ChildProcess> {
  const log = await open(join(folder, 'broker.log'), 'a');
  const logging = `-Dlog4j2.configurationFile=${join(import.meta.dirname, 'log4j2.xml')}`;
  const properties = join(folder, 'server.properties');
  try {
    const broker = spawn('java', [...javaOptions, logging, '-cp', classPath, 'kafka.Kafka', properties], {
      stdio: ['ignore', log.fd, log.fd],
    });
    await once(broker, 'spawn');
    return broker;
  } finally {
    await log.close();
  }
}

/** Asked for together, so that the two are never the same. */
async function freePorts(): Promise<BrokerPorts> {
  const servers = await Promise.all([listenAnywhere(), listenAnywhere()]);
  const [clients, controller] = servers.map(({ port }) => port);
  await Promise.all(servers.map(({ close }) => close()));
  return { clients: clients!, controller: controller! };
}

async function listenAnywhere(): Promise<{ port: number; close: () => Promise<void> }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No free port on loopback');
  return {
    port: address.port,
    close: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}

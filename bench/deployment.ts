import { randomBytes } from 'node:crypto';
import { freePort, ready, startApp, type ServiceProcess } from '../test/harness/service-process.ts';

/** The product as it is run, from the build, as processes of their own. */
export interface Deployment {
  /** Where statements are posted. */
  readonly intake: string;
  readonly adminKey: string;
  readonly processes: ReadonlyMap<string, ServiceProcess>;
  stop(): Promise<void>;
}

const adminKey = `cw_${randomBytes(24).toString('base64url')}`;

/** The three services in one process, on the ledger feed. */
export async function deployStandalone(databaseUrl: string): Promise<Deployment> {
  const settings = { DATABASE_URL: databaseUrl, CORRIDOR_WATCH_ADMIN_KEY: adminKey };
  return started([['standalone', { ...settings, PORT: await freePort() }]], 'standalone');
}

/** The three services and the gateway, on the Kafka feed. */
export async function deployServices(databaseUrl: string, brokers: readonly string[]): Promise<Deployment> {
  const settings = {
    DATABASE_URL: databaseUrl,
    KAFKA_BROKERS: brokers.join(','),
    CORRIDOR_WATCH_ADMIN_KEY: adminKey,
  };
  const [ingestion, status, notification, gateway] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const upstreams = {
    INGESTION_URL: `http://127.0.0.1:${ingestion}`,
    BLOCKADE_STATUS_URL: `http://127.0.0.1:${status}`,
    NOTIFICATION_URL: `http://127.0.0.1:${notification}`,
  };
  return started(
    [
      ['ingestion', { ...settings, PORT: ingestion }],
      ['blockade-status', { ...settings, PORT: status }],
      ['notification', { ...settings, PORT: notification }],
      ['gateway', { ...upstreams, PORT: gateway }],
    ],
    'ingestion',
  );
}

async function started(
  apps: readonly (readonly [string, Readonly<Record<string, string>>])[],
  intake: string,
): Promise<Deployment> {
  const processes = new Map(apps.map(([app, settings]) => [app, startApp(app, settings)]));
  const killAtExit = (): void => {
    for (const service of processes.values()) service.signal('SIGKILL');
  };
  process.once('exit', killAtExit);
  const stop = async (): Promise<void> => {
    for (const service of processes.values()) service.signal('SIGTERM');
    await Promise.all([...processes.values()].map(({ exited }) => exited));
    process.removeListener('exit', killAtExit);
  };
  try {
    await Promise.all([...processes.values()].map((service) => ready(service)));
  } catch (error) {
    await stop();
    throw error;
  }
  return { intake: processes.get(intake)?.origin ?? '', adminKey, processes, stop };
}

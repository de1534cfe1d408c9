import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Logger } from './logger.ts';
import { closeHttpApp } from './http/http-app.ts';

/** A service that runs: its HTTP application, and what to end after it. */
export interface RunningService {
  readonly app: NestFastifyApplication;
  /** Closes pools and connections; called when the application has drained. */
  readonly release: () => Promise<void>;
}

const drainMs = 10_000;

/**
 * Runs a service until SIGTERM or SIGINT: listens, drains at most 10 s, exits 0. A signal that comes while it starts
 * waits for the start, so that nothing half-started is left behind. A start that fails leaves one sentence on stderr
 * and exit code 1.
 */
export async function runService(
  start: () => Promise<{ service: RunningService; logger: Logger }>,
): Promise<void> {
  const stopped = new Promise<NodeJS.Signals>((resolve) => {
    process.on('SIGTERM', resolve);
    process.on('SIGINT', resolve);
  });
  const { service, logger } = await start().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  });
  logger.info({ signal: await stopped }, 'draining');
  const deadline = setTimeout(() => {
    logger.error({ drainMs }, 'drain took too long');
    process.exit(1);
  }, drainMs);
  try {
    await stopService(service);
  } catch (error) {
    logger.error({ err: error }, 'stopping failed');
    process.exit(1);
  }
  clearTimeout(deadline);
  logger.info('stopped');
  process.exit(0);
}

export async function stopService({ app, release }: RunningService): Promise<void> {
  await closeHttpApp(app);
  await release();
}

/** Listens on all addresses; a taken port gives one clear sentence. */
export async function listen(app: NestFastifyApplication, port: number, host = '0.0.0.0'): Promise<void> {
  try {
    await app.listen(port, host);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new Error(`Port ${port} is taken; choose another with PORT.`, { cause: error });
  }
}

/** The process cannot do its work and waiting would not help: whoever watches it starts it anew. */
export function crash(logger: Logger, error: Error): never {
  logger.fatal({ err: error }, 'cannot go on');
  process.exit(1);
}

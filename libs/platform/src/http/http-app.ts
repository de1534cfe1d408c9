import etag from '@fastify/etag';
import { type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Registry } from 'prom-client';
import { LOGGER } from '../platform.module.ts';
import { nestLogger, type Logger } from '../logger.ts';
import { HealthRegistry } from '../operations/health.ts';
import { admitRequests } from './admission.ts';
import { installBodyParsers } from './body-parsers.ts';
import { PageLinkInterceptor } from './page-link.interceptor.ts';
import { answerRouterError, ProblemFilter } from './problem.filter.ts';
import { platformRefusals, type RefusalTable } from './problem.ts';
import { installRequestHooks } from './request-hooks.ts';
import { validationPipe } from './validation.pipe.ts';

/** A statement of 1 MiB, every character of it escaped as JSON may, and the fields around it. */
const bodyBytesMax = 7 * 1_024 * 1_024;

export interface HttpAppSettings {
  /** Whose `X-Forwarded-For` is believed; without any the address is that of the connection. */
  readonly trustedProxies?: readonly string[];
}

/** A Nest application with the house's ways of HTTP: strict input, problem documents, ETags, traces. */
export async function createHttpApp(
  root: DynamicModule,
  refusals: RefusalTable,
  { trustedProxies = [] }: HttpAppSettings = {},
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: bodyBytesMax,
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    forceCloseConnections: 'idle',
    connectionTimeout: 60_000,
    // A batch of statements is read as fast as it can be recorded, so a request may take long.
    requestTimeout: 600_000,
    routerOptions: { maxParamLength: 300 },
    frameworkErrors: answerRouterError,
    // Its answer is no problem document and does not say when to come back; see admission.ts.
    return503OnClosing: false,
  });
  // The options are declared as a class, and Nest's own documentation gives a literal.
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    bodyParser: false,
    bufferLogs: true,
    abortOnError: false,
  });
  const logger = app.get<Logger>(LOGGER);
  app.useLogger(nestLogger(logger));
  const fastify = app.getHttpAdapter().getInstance();
  installRequestHooks(fastify, logger, app.get(Registry));
  installBodyParsers(fastify);
  admitRequests(fastify, app.get(HealthRegistry));
  await app.register(etag, { weak: true });
  app.useGlobalPipes(validationPipe);
  app.useGlobalFilters(new ProblemFilter({ ...platformRefusals, ...refusals }, logger));
  app.useGlobalInterceptors(new PageLinkInterceptor());
  return app;
}

/** Stops taking work, finishes what is in hand, and closes everything that the modules opened. */
export async function closeHttpApp(app: NestFastifyApplication): Promise<void> {
  app.get(HealthRegistry).drain();
  await app.close();
}

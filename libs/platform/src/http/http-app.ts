import etag from '@fastify/etag';
import { type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyInstance } from 'fastify';
import { Registry } from 'prom-client';
import { LOGGER } from '../platform.module.ts';
import { nestLogger, type Logger } from '../logger.ts';
import { HealthRegistry } from '../operations/health.ts';
import { installBodyParsers } from './body-parsers.ts';
import { PageLinkInterceptor } from './page-link.interceptor.ts';
import { answerRouterError, ProblemFilter } from './problem.filter.ts';
import { platformRefusals, type RefusalTable } from './problem.ts';
import { installRequestHooks } from './request-hooks.ts';
import { validationPipe } from './validation.pipe.ts';

/** A statement of 1 MiB, every character of it escaped as JSON may, and the fields around it. */
const bodyBytesMax = 7 * 1_024 * 1_024;
const requestsInFlightMax = 1_000;

/** A Nest application with the house's ways of HTTP: strict input, problem documents, ETags, traces. */
export async function createHttpApp(
  root: DynamicModule,
  refusals: RefusalTable,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: bodyBytesMax,
    forceCloseConnections: 'idle',
    connectionTimeout: 60_000,
    // A batch of statements is read as fast as it can be recorded, so a request may take long.
    requestTimeout: 600_000,
    routerOptions: { maxParamLength: 300 },
    frameworkErrors: answerRouterError,
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
  refuseOverload(fastify);
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

/** Beyond this the queue would only grow; a client that is told to come back is better served. */
function refuseOverload(fastify: FastifyInstance): void {
  let inFlight = 0;
  fastify.addHook('onRequest', (request, reply, done) => {
    if (inFlight >= requestsInFlightMax && !request.url.startsWith('/health')) {
      void reply
        .status(503)
        .header('retry-after', 1)
        .type('application/problem+json')
        .send({
          type: 'urn:corridor-watch:problem:overloaded',
          title: 'Too many requests are being worked on',
          status: 503,
          detail: `More than ${requestsInFlightMax} requests are in flight; repeat this one.`,
        });
      return;
    }
    inFlight += 1;
    let left = false;
    // 'close' comes once for an answered and for an aborted request alike.
    reply.raw.once('close', () => {
      if (!left) inFlight -= 1;
      left = true;
    });
    done();
  });
}

import { type FastifyInstance } from 'fastify';
import { type HealthRegistry } from '../operations/health.ts';
import { problemOf } from './problem.ts';

const requestsInFlightMax = 1_000;
const sweepMs = 50;

/**
 * Lets requests in up to a bound, beyond which the queue would only grow, and none while the service shuts down: a
 * client that is told to come back is better served. What was let in is finished, and the connection with it.
 */
export function admitRequests(fastify: FastifyInstance, health: HealthRegistry): void {
  let inFlightCount = 0;
  fastify.addHook('onRequest', (request, reply, done) => {
    const refusal = health.isDraining
      ? shuttingDown
      : inFlightCount >= requestsInFlightMax
        ? overloaded
        : null;
    if (refusal !== null && !request.url.startsWith('/health')) {
      void reply.status(503).header('retry-after', 1).type('application/problem+json').send(refusal);
      return;
    }
    inFlightCount += 1;
    // 'close' comes once for an answered and for an aborted request alike.
    reply.raw.once('close', () => {
      inFlightCount -= 1;
    });
    done();
  });
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (health.isDraining) void reply.header('connection', 'close');
    done();
  });
  fastify.addHook('preClose', (done) => {
    endIdleConnections(fastify, () => inFlightCount);
    done();
  });
}

/**
 * Closing a server ends the connections that are idle at that moment. One that was busy then, or had not sent its first
 * request yet, would hold the process until its client lets go.
 */
function endIdleConnections({ server }: FastifyInstance, inFlightCount: () => number): void {
  if (!server.listening) return;
  const sweep = setInterval(() => {
    if (server.listening) return;
    server.closeIdleConnections();
    if (inFlightCount() === 0) server.closeAllConnections();
  }, sweepMs);
  server.once('close', () => {
    clearInterval(sweep);
  });
}

const overloaded = problemOf(
  'overloaded',
  { status: 503, title: 'Too many requests are being worked on' },
  `More than ${requestsInFlightMax} requests are in flight; repeat this one.`,
);

const shuttingDown = problemOf(
  'shutting_down',
  { status: 503, title: 'The service is shutting down' },
  'Nothing was done; repeat the request.',
);

import proxy from '@fastify/http-proxy';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { admitRequests, answerRouterError, HealthRegistry } from '#platform';
import { type GatewaySettings } from './gateway.config.ts';
import { ownerOf, type Owner } from './route-owner.ts';

const upstreamTimeoutMs = 600_000;
const probeTimeoutMs = 2_000;

/** Joins the three services on one port. It holds no state and reads no body. */
export async function createGateway(settings: GatewaySettings): Promise<FastifyInstance> {
  const upstreams: Readonly<Record<Owner, string>> = {
    ingestion: settings.INGESTION_URL,
    blockadeStatus: settings.BLOCKADE_STATUS_URL,
    notification: settings.NOTIFICATION_URL,
  };
  const gateway = fastify({
    requestTimeout: upstreamTimeoutMs,
    trustProxy: settings.TRUSTED_PROXIES ?? false,
    forceCloseConnections: 'idle',
    frameworkErrors: answerRouterError,
    return503OnClosing: false,
  });
  const health = new HealthRegistry();
  gateway.addHook('preClose', (done) => {
    health.drain();
    done();
  });
  admitRequests(gateway, health);

  gateway.get('/health/live', () => ({ status: 'live' }));
  gateway.get('/health/ready', async (_request, reply) => {
    const parts = await Promise.all(
      Object.entries(upstreams).map(async ([owner, url]) => [owner, await probe(url)] as const),
    );
    const ready = parts.every(([, part]) => part.ready);
    return reply.status(ready ? 200 : 503).send({ ready, parts: Object.fromEntries(parts) });
  });
  await gateway.register(proxy, {
    upstream: '',
    // Bodies pass through as they come: a batch may be longer than memory.
    proxyPayloads: true,
    undici: { bodyTimeout: upstreamTimeoutMs, headersTimeout: upstreamTimeoutMs },
    replyOptions: {
      // Only what we know: whoever asks can write into the header what they like.
      rewriteRequestHeaders: (request, headers) => ({
        ...headers,
        'x-forwarded-for': (request as FastifyRequest).ip,
      }),
      getUpstream: ({ method, url }) => upstreams[ownerOf(method, url.split('?')[0] ?? '/')],
      onError: (reply) => {
        void reply
          .status(502)
          .type('application/problem+json')
          .send(
            JSON.stringify({
              type: 'urn:corridor-watch:problem:service_unreachable',
              title: 'The service behind this route cannot be reached',
              status: 502,
              detail: 'Try again; if it goes on, see /health/ready.',
            }),
          );
      },
    },
  });
  return gateway;
}

async function probe(url: string): Promise<{ ready: boolean }> {
  try {
    const answer = await fetch(new URL('/health/ready', url), {
      signal: AbortSignal.timeout(probeTimeoutMs),
    });
    return (await answer.json()) as { ready: boolean };
  } catch {
    return { ready: false };
  }
}

import { context, SpanKind, trace, type Span } from '@opentelemetry/api';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { Histogram, type Registry } from 'prom-client';
import { type Logger } from '../logger.ts';
import { contextOf } from '../tracing.ts';

const quietPaths = new Set(['/health/live', '/health/ready', '/metrics']);

/** Every request runs in a trace, is timed, and leaves one log line when it is answered. */
export function installRequestHooks(fastify: FastifyInstance, logger: Logger, registry: Registry): void {
  const spans = new WeakMap<FastifyRequest, Span>();
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });

  fastify.addHook('onRequest', (request, _reply, done) => {
    const parent = contextOf(headerOf(request, 'traceparent'));
    const span = trace
      .getTracer('corridor-watch')
      .startSpan(`${request.method} http`, { kind: SpanKind.SERVER }, parent);
    spans.set(request, span);
    context.with(trace.setSpan(parent, span), done);
  });

  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    duration.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1_000);
    const span = spans.get(request);
    const line = {
      traceId: span?.spanContext().traceId,
      method: request.method,
      path: request.url,
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime * 10) / 10,
    };
    if (quietPaths.has(route)) logger.trace(line, 'request');
    else logger.info(line, 'request');
    span?.end();
    done();
  });
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

import { type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { trace } from '@opentelemetry/api';
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { Counter, type Registry } from 'prom-client';
import { principalOf } from '#access';
import { type Logger } from '#platform';
import { type AuditRead, type AuditReads } from '#transparency';

/** Longer than any parameter that a route takes; what is longer is refused, and this much of it tells what it was. */
const parameterLengthMax = 200;
const wentAway = 499;

/** Has every request for an audit route written down, refused ones too: who, what, when, and what came of it. */
export class ReadsHost implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly counted: Counter;

  constructor(
    fastify: FastifyInstance,
    private readonly reads: AuditReads,
    private readonly logger: Logger,
    registry: Registry,
  ) {
    this.counted = new Counter({
      name: 'audit_reads_total',
      help: 'Requests for audit routes, by the status of their answers',
      labelNames: ['status'],
      registers: [registry],
    });
    // Here, since a hook that is added after the routes hears of none of them; and when the trace has begun.
    fastify.addHook('preHandler', (request, reply, done) => {
      if (request.routeOptions.url?.startsWith('/v1/audit') === true) this.watch(request, reply);
      done();
    });
  }

  onApplicationBootstrap(): void {
    this.reads.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.reads.stop();
  }

  private watch(request: FastifyRequest, reply: FastifyReply): void {
    const at = new Date();
    const traceId = trace.getActiveSpan()?.spanContext().traceId ?? null;
    // It comes once for an answer that was written to its end and for one that was not.
    reply.raw.once('close', () => {
      const read: AuditRead = {
        at,
        reader: principalOf(request)?.id ?? 'anonymous',
        route: request.routeOptions.url ?? '',
        parameters: parametersOf(request),
        status: reply.raw.writableEnded ? reply.raw.statusCode : wentAway,
        traceId,
      };
      this.reads.add(read);
      this.counted.inc({ status: read.status });
      this.logger.info(read, 'audit read');
    });
  }
}

function parametersOf({ params, query }: FastifyRequest): Record<string, unknown> {
  const entries = Object.entries({ ...(params as object), ...(query as object) }).slice(0, 20);
  return Object.fromEntries(
    entries.map(([name, value]) => [
      name.slice(0, parameterLengthMax),
      typeof value === 'string'
        ? value.slice(0, parameterLengthMax)
        : String(value).slice(0, parameterLengthMax),
    ]),
  );
}

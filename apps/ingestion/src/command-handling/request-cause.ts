import { randomUUID } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';
import { principalOf } from '#access';
import { type Cause } from '#ledger';
import { currentTraceparent } from '#platform';

/** Who and what caused the events of this request: the API key, and the trace it came in. */
export const RequestCause = createParamDecorator((_: unknown, execution: ExecutionContext): Cause => {
  const traceparent = currentTraceparent();
  return {
    actor: principalOf(execution.switchToHttp().getRequest<FastifyRequest>())?.id ?? 'anonymous',
    correlationId: traceparent?.split('-')[1] ?? randomUUID(),
    causationId: null,
    traceparent,
  };
});

import { context, propagation, ROOT_CONTEXT, SpanKind, trace, type Context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { BasicTracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace-base';

/**
 * Lets a trace cross processes: HTTP request → ledger event (`traceparent`) → Kafka → consumer. Spans are made
 * so that their ids reach logs and events; exporting them is up to the given processors.
 */
export function startTracing(spanProcessors: SpanProcessor[] = []): void {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors }));
}

/** The context of a `traceparent` header, or of a fresh trace when there is none (or a broken one). */
export function contextOf(traceparent: string | null | undefined): Context {
  return traceparent ? propagation.extract(ROOT_CONTEXT, { traceparent }) : ROOT_CONTEXT;
}

/** The active span as a W3C `traceparent`, to be handed on. */
export function currentTraceparent(): string | null {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent ?? null;
}

/** Runs work under a span of its own, as a child of the given context. */
export async function inSpan<Result>(
  name: string,
  parent: Context,
  work: () => Promise<Result>,
  kind = SpanKind.CONSUMER,
): Promise<Result> {
  const span = trace.getTracer('corridor-watch').startSpan(name, { kind }, parent);
  try {
    return await context.with(trace.setSpan(parent, span), work);
  } finally {
    span.end();
  }
}

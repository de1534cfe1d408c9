import { type LoggerService } from '@nestjs/common';
import { trace } from '@opentelemetry/api';
import { destination, pino, type DestinationStream, type Logger } from 'pino';

export type { Logger } from 'pino';

/** One JSON object a line on stderr, with the trace id of whatever is being worked on. */
export function createLogger(
  service: string,
  level: string,
  stream: DestinationStream = destination({ fd: 2, sync: true }),
): Logger {
  return pino(
    {
      level,
      base: { service, pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: ['*.secret', '*.password', '*.authorization'], censor: '[secret]' },
      mixin: () => {
        const span = trace.getActiveSpan()?.spanContext();
        return span === undefined ? {} : { traceId: span.traceId };
      },
    },
    stream,
  );
}

/** Nest's own messages, through our logger; its start-up chatter is of use to no operator. */
export function nestLogger(logger: Logger): LoggerService {
  return {
    log: (message: unknown) => {
      logger.debug({ nest: message }, 'nest');
    },
    debug: (message: unknown) => {
      logger.trace({ nest: message }, 'nest');
    },
    verbose: (message: unknown) => {
      logger.trace({ nest: message }, 'nest');
    },
    warn: (message: unknown) => {
      logger.warn({ nest: message }, 'nest');
    },
    error: (message: unknown, ...rest: unknown[]) => {
      logger.error({ nest: message, rest }, 'nest');
    },
    fatal: (message: unknown, ...rest: unknown[]) => {
      logger.fatal({ nest: message, rest }, 'nest');
    },
  };
}

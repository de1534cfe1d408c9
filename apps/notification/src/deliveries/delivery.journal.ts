import { Counter, Histogram, type Registry } from 'prom-client';
import { type Logger } from '#platform';
import { type AttemptEnd, type MessageInHand } from './attempt.store.ts';
import { type Endpoint } from './endpoint.reader.ts';
import { type LaneEvent } from './lane.decider.ts';

/** What operators see of deliveries: one wide log line an attempt, and figures. Never a secret, a header or a query. */
export class DeliveryJournal {
  readonly #attempts: Counter;
  readonly #duration: Histogram;

  constructor(
    private readonly logger: Logger,
    registry: Registry,
  ) {
    this.#attempts = new Counter({
      name: 'webhook_attempts_total',
      help: 'Attempts to deliver a webhook message, by what came of them',
      labelNames: ['outcome', 'error'],
      registers: [registry],
    });
    this.#duration = new Histogram({
      name: 'webhook_attempt_duration_seconds',
      help: 'Time from the start of an attempt to the end of its answer',
      labelNames: ['outcome'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20],
      registers: [registry],
    });
  }

  attempted(
    message: MessageInHand,
    endpoint: Endpoint,
    ended: AttemptEnd,
    events: readonly LaneEvent[],
    written: boolean,
  ): void {
    const { outcome, errorCode, status, durationMs } = ended;
    this.#attempts.inc({ outcome, error: errorCode ?? 'none' });
    this.#duration.observe({ outcome }, durationMs / 1_000);
    const { deliveryId, sequence, attempt, eventId, type } = message;
    const host = new URL(endpoint.url).host;
    const line = { webhookId: endpoint.webhookId, host, deliveryId, eventId, type, sequence, attempt };
    const lane = events.map(({ type: event }) => event);
    const facts = { ...line, outcome, status, errorCode, durationMs, lane, written };
    this.logger.info(facts, 'webhook attempt');
    for (const event of events) this.#laneChanged(endpoint, host, event);
  }

  outcomeUnwritten({ webhookId, deliveryId, outcome }: AttemptEnd, error: unknown): void {
    this.logger.warn(
      { err: error, webhookId, deliveryId, outcome },
      'the outcome of an attempt is not written yet',
    );
  }

  laneBroke(webhookId: string, error: unknown): void {
    this.logger.error({ err: error, webhookId }, 'a turn on a lane broke off; its lease will run out');
  }

  workerFailed(error: unknown): void {
    this.logger.warn({ err: error }, 'the delivery worker cannot reach its tables; it goes on trying');
  }

  #laneChanged({ webhookId }: Endpoint, host: string, event: LaneEvent): void {
    const facts = { webhookId, host };
    if (event.type === 'EndpointDisabled') {
      this.logger.warn({ ...facts, reason: event.reason }, 'webhook disabled; its messages are held');
    } else if (event.type === 'EndpointNoticed') {
      const withoutSuccessMs = Math.round(event.withoutSuccessMs);
      this.logger.warn(
        { ...facts, withoutSuccessMs },
        'webhook without success for long; it will be disabled',
      );
    }
  }
}

import { randomBytes, randomUUID } from 'node:crypto';
import { type Pool } from 'pg';
import { Registry } from 'prom-client';
import { addressGuard, type AddressGuard } from '#address-guard';
import { type PayloadOf, type RecordedEvent } from '#events';
import { inTransaction, createLogger, openPool } from '#platform';
import { freshDatabase } from '../../../test/harness/database.ts';
import { deliveriesProjector } from '../src/deliveries/deliveries.projector.ts';
import { DeliveryJournal } from '../src/deliveries/delivery.journal.ts';
import { DeliveryWorker, type DeliveryWorkerSettings } from '../src/deliveries/delivery.worker.ts';
import { lanePolicy } from '../src/deliveries/lane.policy.ts';
import { type NotifiedEvent } from '../src/deliveries/notification.body.ts';
import { notificationRole } from '../src/notification.migrations.ts';
import { secretCipher, type SecretCipher } from '../src/sending/secret.cipher.ts';
import { webhookSender, type SenderSettings, type WebhookSender } from '../src/sending/webhook.sender.ts';
import { CreateWebhook, CreateWebhookHandler } from '../src/subscriptions/create-webhook.command.ts';
import { webhookInput } from '../src/subscriptions/webhook.input.ts';

const dayMs = 86_400_000;

export const quickSender: SenderSettings = {
  connectTimeoutMs: 500,
  headersTimeoutMs: 400,
  attemptTimeoutMs: 800,
  excerptTimeoutMs: 200,
  certificateAuthorities: [],
};

/** Every wait of the schedule at a hundredth: 50 ms, 300 ms, 1.2 s … */
export const quickWorker: DeliveryWorkerSettings = {
  policy: lanePolicy({ scale: 0.01, rampStartPerSecond: 200 }),
  lanesMax: 32,
  leaseMs: 2_000,
  sendWithinMs: 1_000,
  pollMs: 50,
  drainMs: 2_000,
};

/** The deliveries of one database, with as many workers as a test wants. */
export class DeliveryRoom {
  readonly limits = { webhookCountMax: 100, messageAgeMs: dayMs };
  readonly guard: AddressGuard = addressGuard(
    { allowHttp: false, allowLoopback: true, allowedAddresses: new Set() },
    () => Promise.reject(new Error('asked the DNS')),
  );
  readonly #workers: DeliveryWorker[] = [];
  #position = 100;

  private constructor(
    readonly pool: Pool,
    readonly cipher: SecretCipher,
    readonly dropDatabase: () => Promise<void>,
  ) {}

  static async open(): Promise<DeliveryRoom> {
    const database = await freshDatabase();
    const pool = openPool({
      databaseUrl: database.url,
      role: notificationRole,
      applicationName: 'notification test',
      connectionsMax: 10,
    });
    return new DeliveryRoom(pool, secretCipher(randomBytes(32)), () => database.drop());
  }

  async close(): Promise<void> {
    await this.stopWorkers();
    await this.pool.end();
    await this.dropDatabase();
  }

  /** A worker that runs until `stopWorkers`. */
  startWorker(settings: Partial<DeliveryWorkerSettings> = {}, send?: WebhookSender): DeliveryWorker {
    const worker = new DeliveryWorker({
      pool: this.pool,
      send: send ?? webhookSender(this.guard, quickSender),
      cipher: this.cipher,
      identity: { userAgent: 'CorridorWatch-Webhooks/test', publicUrl: 'https://watch.example.org' },
      journal: new DeliveryJournal(createLogger('test', 'silent'), new Registry()),
      settings: { ...quickWorker, ...settings },
    });
    worker.start();
    this.#workers.push(worker);
    return worker;
  }

  async stopWorkers(): Promise<void> {
    await Promise.all(this.#workers.splice(0).map((worker) => worker.stop()));
  }

  /** A webhook as POST /v1/webhooks makes it. */
  async createWebhook(url: string, fields: object = {}): Promise<{ webhookId: string; secret: string }> {
    const ledger = { head: () => Promise.resolve({ position: this.#position, recordedAt: null }) };
    const handler = new CreateWebhookHandler(this.pool, ledger, this.guard, this.cipher, this.limits);
    const input = webhookInput.parse({ url, events: ['corridor.status.changed'], ...fields });
    return handler.execute(new CreateWebhook(input));
  }

  /** The next event of the ledger. */
  statusChanged(
    payload: Partial<PayloadOf<'CorridorStatusChanged'>> = {},
  ): RecordedEvent<'CorridorStatusChanged'> {
    this.#position += 1;
    return {
      ...metadata(this.#position),
      type: 'CorridorStatusChanged',
      payload: {
        corridor: 'lachin-corridor',
        corridorName: 'Բերձորի միջանցք',
        from: 'open',
        to: 'blocked',
        since: '2022-12-12',
        confidence: 'high',
        basis: 'observed',
        disputed: false,
        disputedBy: [],
        likelihood: 0.9,
        provisional: false,
        stale: false,
        flows: { civilians: 'blocked' },
        causedByType: 'StatementCoded',
        causedBy: this.#position - 1,
        rule: 'status-rules/1',
        evidence: [],
        ...payload,
      },
    };
  }

  statementRetracted(corridor: string | null): RecordedEvent<'StatementRetracted'> {
    this.#position += 1;
    return {
      ...metadata(this.#position),
      type: 'StatementRetracted',
      payload: { statementId: randomUUID(), corridor, reason: 'withdrawn by its publisher' },
    };
  }

  /** What the projection runner does with a batch. */
  async apply(...events: readonly NotifiedEvent[]): Promise<void> {
    const projector = deliveriesProjector({
      publicUrl: 'https://watch.example.org',
      messageAgeMs: this.limits.messageAgeMs,
    });
    await inTransaction(this.pool, (tx) => projector.apply(events, tx));
  }

  async changes(count: number): Promise<readonly RecordedEvent<'CorridorStatusChanged'>[]> {
    const events = Array.from({ length: count }, () => this.statusChanged());
    await this.apply(...events);
    return events;
  }

  async stateCounts(webhookId: string): Promise<Record<string, number>> {
    const { rows } = await this.pool.query<{ state: string; count: string }>(
      'SELECT state, count(*) FROM notification.message WHERE webhook_id = $1 GROUP BY state',
      [webhookId],
    );
    return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]));
  }

  async attempts(webhookId: string): Promise<readonly AttemptRow[]> {
    const { rows } = await this.pool.query<AttemptRow>(
      `SELECT m.sequence::int, a.number, a.outcome, a.status, a.error_code, a.response_excerpt
       FROM notification.attempt AS a JOIN notification.message AS m USING (delivery_id)
       WHERE a.webhook_id = $1 ORDER BY a.started_at, a.number`,
      [webhookId],
    );
    return rows;
  }

  async phase(webhookId: string): Promise<string> {
    const { rows } = await this.pool.query<{ phase: string }>(
      'SELECT phase FROM notification.lane WHERE webhook_id = $1',
      [webhookId],
    );
    return rows[0]?.phase ?? 'gone';
  }
}

export interface AttemptRow {
  readonly sequence: number;
  readonly number: number;
  readonly outcome: string | null;
  readonly status: number | null;
  readonly error_code: string | null;
  readonly response_excerpt: string | null;
}

function metadata(position: number) {
  return {
    position,
    streamId: 'corridor-status-lachin-corridor',
    streamVersion: position,
    eventId: randomUUID(),
    schemaVersion: 1,
    key: 'lachin-corridor',
    validFrom: null,
    recordedAt: '2023-01-20T17:00:00.123456Z',
    actor: 'blockade-status',
    correlationId: 'c',
    causationId: null,
    traceparent: null,
  };
}

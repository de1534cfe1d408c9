import { Webhook } from 'standardwebhooks';
import { type ApiClient } from './harness/api-client.ts';
import { until } from './harness/until.ts';
import { blockedReport } from './harness/valley-news.ts';
import { receiveWebhooks, type WebhookReceiver } from './harness/webhook-receiver.ts';

interface Claim {
  readonly corridor: string;
  readonly type: string;
  readonly status: string | null;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
}

interface Received {
  readonly statementId: string;
  readonly duplicate: boolean;
  readonly position: number;
  readonly claims: readonly Claim[];
}

interface Status {
  readonly status: string;
  readonly since: string;
  readonly disputedBy: readonly string[];
  readonly evidence: readonly { stance: string; statementId: string; quote: string }[];
  readonly asOf: { position: number };
}

interface Notification {
  readonly type: string;
  readonly data: { corridor: string; from: string; to: string };
}

/** What every deployment must do: a statement in, a corridor's status out, a signed webhook sent. */
export interface Journey {
  readonly api: ApiClient;
  readonly receiver: WebhookReceiver;
  readonly secret: string;
  readonly statementId: string;
}

export async function subscribe(
  api: ApiClient,
): Promise<{ receiver: WebhookReceiver; secret: string; webhookId: string }> {
  const receiver = await receiveWebhooks();
  const { status, body } = await api.post<{ id: string; secret: string }>('/v1/webhooks', {
    url: receiver.url,
    events: ['corridor.status.changed'],
    corridors: ['lachin-corridor'],
  });
  expect({ status, body }).toMatchObject({
    status: 201,
    body: { secret: expect.stringMatching(/^whsec_/) as string },
  });
  return { receiver, secret: body.secret, webhookId: body.id };
}

export async function postBlockedReport(api: ApiClient): Promise<Received> {
  const { status, body } = await api.post<Received>('/v1/statements', blockedReport);
  expect(status).toBe(201);
  expect(body.claims.length).toBeGreaterThanOrEqual(4);
  for (const { quote, start, end } of body.claims) expect(blockedReport.body.slice(start, end)).toBe(quote);
  const types = new Set(body.claims.map(({ type }) => type));
  expect([...types]).toEqual(expect.arrayContaining(['status', 'demand', 'condemnation']));
  return body;
}

/** Waits until the status reflects the ledger up to a position. */
export async function statusAt(api: ApiClient, position: number, withinMs = 15_000): Promise<Status> {
  return until(
    `the status reflects position ${position}`,
    async () => {
      const { status, body } = await api.get<Status>('/v1/corridors/lachin-corridor/status');
      return status === 200 && body.asOf.position >= position && body;
    },
    { withinMs },
  );
}

export function expectBlocked(status: Status, statementId: string): void {
  expect(status).toMatchObject({ status: 'blocked', since: '2022-12-12' });
  const supporting = status.evidence.filter(({ stance }) => stance === 'for');
  expect(supporting.length).toBeGreaterThan(0);
  for (const { statementId: source, quote } of supporting) {
    expect(source).toBe(statementId);
    expect(blockedReport.body).toContain(quote);
  }
  expect(status.disputedBy).toContain('Azerbaijan');
}

/** Waits for the n-th delivery and verifies it as a receiver would. */
export async function verifiedDelivery(
  receiver: WebhookReceiver,
  secret: string,
  ordinal: number,
  withinMs = 20_000,
): Promise<{ id: string; notification: Notification }> {
  const delivery = await until(`delivery ${ordinal} arrives`, () => receiver.received[ordinal - 1], {
    withinMs,
  });
  const headers = delivery.headers as Record<string, string>;
  const notification = new Webhook(secret).verify(delivery.body, headers) as Notification;
  return { id: headers['webhook-id'] ?? '', notification };
}

/** Waits until the delivery log says so: the receiver has the message a moment before its outcome is written. */
export async function loggedAsDelivered(api: ApiClient, webhookId: string): Promise<void> {
  await until('the delivery log says "delivered"', async () => {
    const { body } = await api.get<{ items: { state: string }[] }>(`/v1/webhooks/${webhookId}/deliveries`);
    return body.items.length === 1 && body.items[0]?.state === 'delivered';
  });
}

import { type Claim, type RecordedEvent } from '#events';

/** One thing to tell, before it is known whom. */
export interface Notification {
  /** The `webhook-id`. */
  readonly eventId: string;
  readonly type: NotificationType;
  readonly corridor: string | null;
  readonly position: number;
  /** Null where confidence is no property of the event, so that no endpoint filters by it. */
  readonly confidence: 'low' | 'moderate' | 'high' | null;
  readonly occurredAt: string;
  /** Of the request that began it all. */
  readonly traceparent: string | null;
  /** The JSON that is signed and sent, at most 256 KiB of UTF-8. */
  readonly body: string;
}

export const notificationTypes = [
  'corridor.status.changed',
  'claim.recorded',
  'statement.retracted',
] as const;
export type NotificationType = (typeof notificationTypes)[number];

export const notifiedEvents = [
  'CorridorStatusChanged',
  'StatementCoded',
  'ClaimAdded',
  'StatementRetracted',
] as const;
export type NotifiedEvent = RecordedEvent<(typeof notifiedEvents)[number]>;

const bodyByteCountMax = 256 * 1_024;

/** @param publicUrl where this deployment's API answers, without a trailing slash */
export function notificationsOf(event: NotifiedEvent, publicUrl: string): readonly Notification[] {
  switch (event.type) {
    case 'CorridorStatusChanged':
      return [statusChanged(event, publicUrl)];
    case 'StatementCoded':
      return event.payload.claims.map((claim) => claimRecorded(event, claim));
    case 'ClaimAdded':
      return [claimRecorded(event, event.payload.claim)];
    case 'StatementRetracted':
      return [statementRetracted(event)];
  }
}

function statusChanged(event: RecordedEvent<'CorridorStatusChanged'>, publicUrl: string): Notification {
  const { evidence, ...decision } = event.payload;
  // As of the cause: what was recorded between it and the decision had no part in it.
  const statusUrl = `${publicUrl}/v1/corridors/${decision.corridor}/status?knownAt=${decision.causedBy}`;
  const type = 'corridor.status.changed';
  const bodyWith = (kept: typeof evidence): string =>
    bodyOf(type, event, {
      ...decision,
      position: event.position,
      statusUrl,
      evidence: kept,
      evidenceOmittedCount: evidence.length - kept.length,
    });
  const body = bodyWith(fitting(evidence, bodyByteCountMax - byteCount(bodyWith([])) - evidence.length));
  return { ...headOf(event, type), eventId: event.eventId, confidence: decision.confidence, body };
}

/** The first items whose JSON fits; the projection gives the weightiest first. */
function fitting<Item>(items: readonly Item[], byteCountMax: number): Item[] {
  const sizes = items.map((item) => byteCount(JSON.stringify(item)));
  let sum = 0;
  const count = sizes.findIndex((size) => (sum += size) > byteCountMax);
  return items.slice(0, count === -1 ? items.length : count);
}

function claimRecorded(event: RecordedEvent<'StatementCoded' | 'ClaimAdded'>, claim: Claim): Notification {
  const { statementId, corridor, publisher, url, publishedAt, title } = event.payload;
  const statement = { statementId, corridor, publisher, url, publishedAt, title, position: event.position };
  const type = 'claim.recorded';
  // What redacted words had told is for the rules; receivers learn that the words are gone.
  const { redacted, ...rest } = claim;
  const shown = redacted === undefined ? claim : { ...rest, redacted: true };
  const whole = bodyOf(type, event, { ...statement, claim: shown });
  // A sentence of this length is a text without full stops; the link leads to it.
  const body =
    byteCount(whole) <= bodyByteCountMax
      ? whole
      : bodyOf(type, event, { ...statement, claim: { ...shown, quote: null } });
  return { ...headOf(event, type), eventId: claim.claimId, confidence: null, body };
}

function statementRetracted(event: RecordedEvent<'StatementRetracted'>): Notification {
  const type = 'statement.retracted';
  const body = bodyOf(type, event, { ...event.payload, position: event.position });
  return { ...headOf(event, type), eventId: event.eventId, confidence: null, body };
}

function headOf<Type extends NotificationType>(event: NotifiedEvent, type: Type) {
  const { payload, position, recordedAt, traceparent } = event;
  return { type, corridor: payload.corridor, position, occurredAt: recordedAt, traceparent };
}

function bodyOf(type: NotificationType, event: NotifiedEvent, data: object): string {
  return JSON.stringify({ type, timestamp: event.recordedAt, data });
}

function byteCount(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

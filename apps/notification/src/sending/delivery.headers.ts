import { type SignedMessage, signatures } from './webhook.signer.ts';

/** Everything that the headers of one attempt say. */
export interface DeliveryHeaders extends SignedMessage {
  readonly keys: readonly Buffer[];
  readonly type: string;
  /** The corridor, where the event is about one. */
  readonly subject: string | null;
  /** RFC 3339; when the event was recorded. */
  readonly occurredAt: string;
  readonly sequence: number;
  readonly attempt: number;
  readonly replay: boolean;
  /** W3C trace context, so that the receiver can go on with the trace. */
  readonly traceparent: string | null;
  /** The endpoint's own headers, such as an `authorization`; they never replace ours. */
  readonly custom: Readonly<Record<string, string>>;
}

export interface SenderIdentity {
  /** `CorridorWatch-Webhooks/<version>` */
  readonly userAgent: string;
  /** Where this deployment answers; the CloudEvents `source`. */
  readonly publicUrl: string;
}

export function deliveryHeaders(delivery: DeliveryHeaders, identity: SenderIdentity): Record<string, string> {
  return {
    ...delivery.custom,
    'content-type': 'application/json; charset=utf-8',
    'user-agent': identity.userAgent,
    // A compressed answer could unpack to any size, and we keep 16 KiB of it.
    'accept-encoding': 'identity',
    'webhook-id': delivery.id,
    'webhook-timestamp': String(delivery.timestampSeconds),
    'webhook-signature': signatures(delivery, delivery.keys),
    'webhook-sequence': String(delivery.sequence),
    'webhook-attempt': String(delivery.attempt),
    ...(delivery.replay ? { 'webhook-replay': 'true' } : {}),
    'ce-specversion': '1.0',
    'ce-id': delivery.id,
    'ce-source': identity.publicUrl,
    'ce-type': delivery.type,
    'ce-time': delivery.occurredAt,
    ...(delivery.traceparent === null ? {} : { traceparent: delivery.traceparent }),
    ...(delivery.subject === null ? {} : { 'ce-subject': delivery.subject }),
  };
}

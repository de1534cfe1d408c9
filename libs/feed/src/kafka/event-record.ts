import { contractOf, type RecordedEvent, upcast } from '#events';
import { type IHeaders, type KafkaMessage, type Message } from 'kafkajs';
import { z } from 'zod';
import { laneOf } from '../lane.ts';
import { type LanePlace } from '../lane-cursor.ts';
import { type OutgoingRecord } from '../relay/publisher.ts';
import { lostSalt, openPayload, sealPayload, type SealPlace } from './payload-seal.ts';

/** A record that is no event of ours; the gap that it leaves is filled from the ledger. */
export class UnreadableRecordError extends Error {
  readonly code = 'unreadable_record';
}

/** Whether the event's payload travels sealed. */
export function isSealed({ type }: RecordedEvent): boolean {
  return contractOf(type).erasable;
}

/**
 * CloudEvents 1.0, Kafka binding, binary mode: attributes are headers, the value is the payload as JSON, sealed where
 * it can be erased.
 * @param salt of the event, where its payload travels sealed; none where it is gone
 */
export function encodeRecord(
  source: string,
  { event, lane, previous }: OutgoingRecord,
  salt: Uint8Array | undefined,
): Message {
  const optional = {
    traceparent: event.traceparent,
    ce_causationid: event.causationId,
    ce_validfrom: event.validFrom,
  };
  const json = JSON.stringify(event.payload);
  const value = isSealed(event) ? sealPayload(salt ?? lostSalt(), event, json) : json;
  return {
    key: event.key,
    partition: lane,
    value,
    headers: {
      'content-type': isSealed(event) ? sealedContentType : plainContentType,
      ce_specversion: '1.0',
      ce_id: event.eventId,
      ce_source: source,
      ce_type: event.type,
      ce_time: event.recordedAt,
      ce_subject: event.streamId,
      ce_position: String(event.position),
      ce_previousposition: String(previous),
      ce_streamversion: String(event.streamVersion),
      ce_schemaversion: String(event.schemaVersion),
      // The payload is of the version that the relay knows, whatever version it was stored in.
      ce_dataversion: String(contractOf(event.type).version),
      ce_key: event.key,
      ce_actor: event.actor,
      ce_correlationid: event.correlationId,
      ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== null)),
    },
  };
}

const plainContentType = 'application/json';
/** Of no use to anyone but those who may read the ledger. */
const sealedContentType = 'application/vnd.corridor-watch.sealed+json';

const count = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);
const positive = count.refine((value) => value > 0, 'must be at least 1');

const envelope = z.object({
  'content-type': z.enum([plainContentType, sealedContentType]),
  ce_specversion: z.literal('1.0'),
  ce_id: z.uuid(),
  ce_type: z.string(),
  ce_time: z.string(),
  ce_subject: z.string(),
  ce_position: positive,
  ce_streamversion: positive,
  ce_schemaversion: positive,
  ce_dataversion: positive,
  ce_key: z.string(),
  ce_actor: z.string(),
  ce_correlationid: z.string(),
  ce_causationid: z.string().nullable().default(null),
  ce_validfrom: z.string().nullable().default(null),
  traceparent: z.string().nullable().default(null),
});

const place = z.object({ ce_source: z.string(), ce_position: positive, ce_previousposition: count });

/**
 * Where a record stands; cheap, because most of a replayed topic is dropped on that alone.
 * @throws UnreadableRecordError naming the header
 */
export function placeOfRecord(source: string, lane: number, { headers = {} }: KafkaMessage): LanePlace {
  const found = parse(place, {
    ce_source: text(headers, 'ce_source'),
    ce_position: text(headers, 'ce_position'),
    ce_previousposition: text(headers, 'ce_previousposition'),
  });
  if (found.ce_source !== source)
    throw new UnreadableRecordError(`header ce_source: is of another ledger, ${found.ce_source}`);
  if (found.ce_previousposition >= found.ce_position)
    throw new UnreadableRecordError('header ce_previousposition: is not below ce_position');
  return { lane, position: found.ce_position, previous: found.ce_previousposition };
}

/** Whether its value can be read only with the salt of its event. Those of earlier releases never are sealed. */
export function isSealedRecord({ headers = {} }: KafkaMessage): boolean {
  return text(headers, 'content-type') === sealedContentType;
}

/**
 * @param salt of the event, for a sealed record
 * @throws UnreadableRecordError naming the header, or the place in the value
 */
export function decodeRecord(
  lane: number,
  { headers = {}, value }: KafkaMessage,
  salt?: Uint8Array,
): RecordedEvent {
  const names = Object.keys(envelope.shape);
  const header = parse(envelope, Object.fromEntries(names.map((name) => [name, text(headers, name)])));
  if (laneOf(header.ce_key) !== lane)
    throw new UnreadableRecordError(`header ce_key: belongs to lane ${laneOf(header.ce_key)}, not ${lane}`);
  return {
    type: header.ce_type,
    payload: decodePayload(
      header.ce_type,
      header.ce_dataversion,
      header['content-type'] === sealedContentType
        ? opened(value, salt, { eventId: header.ce_id, position: header.ce_position })
        : (value?.toString('utf8') ?? null),
    ),
    position: header.ce_position,
    streamId: header.ce_subject,
    streamVersion: header.ce_streamversion,
    eventId: header.ce_id,
    schemaVersion: header.ce_schemaversion,
    key: header.ce_key,
    validFrom: header.ce_validfrom,
    recordedAt: header.ce_time,
    actor: header.ce_actor,
    correlationId: header.ce_correlationid,
    causationId: header.ce_causationid,
    traceparent: header.traceparent,
  } as RecordedEvent;
}

function opened(value: Buffer | null, salt: Uint8Array | undefined, place: SealPlace): string | null {
  if (value === null) return null;
  if (salt === undefined) throw new UnreadableRecordError('value: is sealed, and its salt is not there');
  try {
    return openPayload(salt, place, value);
  } catch (cause) {
    throw new UnreadableRecordError(`value: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}

function decodePayload(type: string, version: number, value: string | null): unknown {
  if (value === null) throw new UnreadableRecordError('value: is missing');
  try {
    return parse(contractOf(type).schema, upcast(type, version, JSON.parse(value)));
  } catch (error) {
    if (error instanceof UnreadableRecordError) throw error;
    throw new UnreadableRecordError(`value: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const [first, ...deeper] = issue?.path.map(String) ?? [];
  const where =
    first !== undefined && /^(ce_|content-type|traceparent)/.test(first) ? `header ${first}` : 'value';
  const within = where === 'value' && first !== undefined ? ` at ${[first, ...deeper].join('.')}` : '';
  throw new UnreadableRecordError(`${where}${within}: ${issue?.message ?? 'is not valid'}`);
}

function text(headers: IHeaders, name: string): string | undefined {
  const header = headers[name];
  return Buffer.isBuffer(header) ? header.toString('utf8') : undefined;
}

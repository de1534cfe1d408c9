import { randomBytes } from 'node:crypto';
import { contractOf, type EventContract } from '#events';
import {
  canonicalize,
  canonicalPayloadHash,
  leafBytesMax,
  type LeafFrame,
  leafFrame,
  NotCanonicalizableError,
} from '#proofs';
import { InvalidEventError } from '../ledger.error.ts';
import { type AppendRequest, type NewEvent } from '../ledger.ts';
import { type Groupable } from './append-group.ts';
import { checkAppendRequest, invalidAt } from './append-request.check.ts';

/** A request with everything done that can be done before the ledger's lock is taken. */
export interface PreparedAppend extends Groupable {
  readonly request: AppendRequest;
  readonly events: readonly PreparedEvent[];
}

export interface PreparedEvent {
  /** With the payload as the contract gave it back. */
  readonly event: NewEvent;
  /** RFC 8785: what is hashed is what is stored. */
  readonly canonicalPayload: string;
  readonly schemaVersion: number;
  readonly erasable: boolean;
  readonly key: string;
  readonly salt: Buffer;
  readonly payloadHash: Buffer;
  readonly leaf: LeafFrame;
}

const envelopeBytes = 500;
/** The digits of position and version, and the time. */
const leafGrowthMax = 100;
export const requestBytesMax = 64_000_000;

/** @throws InvalidEventError */
export function prepareAppend(request: AppendRequest): PreparedAppend {
  checkAppendRequest(request);
  const events = request.events.map((event, index) => prepareEvent(request, event, `events[${index}]`));
  const byteCount = events.reduce(
    (sum, { canonicalPayload }) => sum + canonicalPayload.length + envelopeBytes,
    0,
  );
  if (byteCount > requestBytesMax) throw new InvalidEventError('events', `are over ${requestBytesMax} bytes`);
  return {
    request,
    events,
    byteCount,
    streamId: request.streamId,
    eventIds: request.events.map(({ eventId }) => eventId),
  };
}

function prepareEvent({ streamId, cause }: AppendRequest, event: NewEvent, path: string): PreparedEvent {
  const contract = contractAt(path, event.type);
  const parsed = contract.schema.safeParse(event.payload);
  if (!parsed.success) throw invalidAt(`${path}.payload`, parsed.error);
  const canonicalPayload = canonicalAt(`${path}.payload`, parsed.data);
  const salt = randomBytes(16);
  const payloadHash = canonicalPayloadHash(salt, canonicalPayload);
  const leaf = leafFrame({
    streamId,
    type: event.type,
    eventId: event.eventId,
    validFrom: event.validFrom ?? null,
    actor: cause.actor,
    payloadHash: payloadHash.toString('hex'),
  });
  refuseLargeLeaf(path, leaf);
  return {
    event: { ...event, payload: parsed.data } as NewEvent,
    canonicalPayload,
    schemaVersion: contract.version,
    erasable: contract.erasable,
    key: contract.keyOf(parsed.data),
    salt,
    payloadHash,
    leaf,
  };
}

function contractAt(path: string, type: string): EventContract {
  try {
    return contractOf(type);
  } catch (cause) {
    throw new InvalidEventError(`${path}.type`, 'is no event type of the contracts', { cause });
  }
}

function canonicalAt(path: string, payload: unknown): string {
  try {
    return canonicalize(payload);
  } catch (cause) {
    if (!(cause instanceof NotCanonicalizableError)) throw cause;
    throw new InvalidEventError(`${path}${cause.path.slice(1)}`, cause.message.slice(cause.path.length + 1), {
      cause,
    });
  }
}

function refuseLargeLeaf(path: string, { beforePosition, beforeVersion, end }: LeafFrame): void {
  // No UTF-16 unit takes more than three bytes.
  const byteCountMax = (beforePosition.length + beforeVersion.length + end.length) * 3 + leafGrowthMax;
  if (byteCountMax > leafBytesMax) throw new InvalidEventError(path, 'gives a leaf that no proof can hold');
}

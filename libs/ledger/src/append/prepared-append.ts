import { contractOf, type EventContract } from '#events';
import {
  canonicalize,
  canonicalPayloadHash,
  leafBytesMax,
  leafPieces,
  NotCanonicalizableError,
} from '#proofs';
import { InvalidEventError } from '../ledger.error.ts';
import { type AppendRequest, type NewEvent } from '../ledger.ts';
import { type Groupable } from './append-group.ts';
import { checkAppendRequest, invalidAt } from './append-request.check.ts';
import { freshSalt } from './fresh-salt.ts';

/** A request with everything done that can be done before the ledger's lock is taken. */
export interface PreparedAppend extends Groupable {
  readonly request: AppendRequest;
  readonly events: readonly PreparedEvent[];
  /** The leaf's piece that all events of the stream share. */
  readonly leafBeforeVersion: string;
}

export interface PreparedEvent {
  /** With the payload as the contract gave it back. */
  readonly event: NewEvent;
  /** RFC 8785: what is hashed is what is stored. */
  readonly canonicalPayload: string;
  readonly schemaVersion: number;
  readonly erasable: boolean;
  readonly key: string;
  readonly salt: Uint8Array;
  /** In hex. */
  readonly payloadHash: string;
  readonly leafBeforePosition: string;
  readonly leafEnd: string;
}

const requestBytesMax = 64_000_000;
const envelopeBytes = 500;
/** The digits of position and version, and the time. */
const leafGrowthMax = 100;

/** @throws InvalidEventError */
export function prepareAppend(request: AppendRequest): PreparedAppend {
  checkAppendRequest(request);
  const { streamId } = request;
  const leafBeforeVersion = leafPieces.beforeVersion(streamId);
  const leafStart = leafPieces.start(request.cause);
  const events = request.events.map((event, index) => prepareEvent(request, leafStart, event, index));
  let byteCount = 0;
  for (const [index, { canonicalPayload, leafBeforePosition, leafEnd }] of events.entries()) {
    byteCount += canonicalPayload.length + envelopeBytes;
    refuseLargeLeaf(index, leafBeforePosition.length + leafBeforeVersion.length + leafEnd.length);
  }
  if (byteCount > requestBytesMax) throw new InvalidEventError('events', `are over ${requestBytesMax} bytes`);
  const eventIds = request.events.map(({ eventId }) => eventId);
  return { request, events, leafBeforeVersion, byteCount, streamId, eventIds };
}

function prepareEvent(
  { cause: { traceparent } }: AppendRequest,
  leafStart: string,
  event: NewEvent,
  index: number,
): PreparedEvent {
  const { type, eventId, validFrom = null } = event;
  const contract = contractAt(index, type);
  const parsed = contract.schema.safeParse(event.payload);
  if (!parsed.success) throw invalidAt(`events[${index}].payload`, parsed.error);
  const payload = parsed.data as NewEvent['payload'];
  const canonicalPayload = canonicalAt(index, payload);
  const key = separable(contract.keyOf(payload));
  const salt = freshSalt();
  const payloadHash = canonicalPayloadHash(salt, canonicalPayload).toString('hex');
  return {
    event: { type, payload, eventId, validFrom } as NewEvent,
    canonicalPayload,
    schemaVersion: contract.version,
    erasable: contract.erasable,
    key,
    salt,
    payloadHash,
    leafBeforePosition: leafPieces.beforePosition(leafStart, {
      eventId,
      key,
      payloadHash,
      payloadVersion: contract.version,
    }),
    leafEnd: leafPieces.end({ traceparent, type, validFrom }),
  };
}

/** Keys alike stay alike; and what separates records on their way into the database cannot be part of one. */
function separable(key: string): string {
  return key.replace(/\p{Cc}/gu, ' ');
}

function contractAt(index: number, type: string): EventContract {
  try {
    return contractOf(type);
  } catch (cause) {
    throw new InvalidEventError(`events[${index}].type`, 'is no event type of the contracts', { cause });
  }
}

function canonicalAt(index: number, payload: unknown): string {
  try {
    return canonicalize(payload);
  } catch (cause) {
    if (!(cause instanceof NotCanonicalizableError)) throw cause;
    const reason = cause.message.slice(cause.path.length + 1);
    throw new InvalidEventError(`events[${index}].payload${cause.path.slice(1)}`, reason, { cause });
  }
}

function refuseLargeLeaf(index: number, length: number): void {
  // No UTF-16 unit takes more than three bytes.
  if (length * 3 + leafGrowthMax <= leafBytesMax) return;
  throw new InvalidEventError(`events[${index}]`, 'gives a leaf that no proof can hold');
}

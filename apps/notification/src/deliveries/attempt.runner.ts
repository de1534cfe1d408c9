import { setTimeout as pause } from 'node:timers/promises';
import { SpanKind } from '@opentelemetry/api';
import { contextOf, currentTraceparent, inSpan } from '#platform';
import { deliveryHeaders, type SenderIdentity } from '../sending/delivery.headers.ts';
import { type AttemptResult, type WebhookRequest, type WebhookSender } from '../sending/webhook.sender.ts';
import {
  type AttemptEnd,
  type AttemptStore,
  type LaneNow,
  type MessageAfter,
  type MessageInHand,
} from './attempt.store.ts';
import { verdictOf, type Verdict } from './attempt.verdict.ts';
import { type DeliveryJournal } from './delivery.journal.ts';
import { livingKeys, type Endpoint } from './endpoint.reader.ts';
import { type EndAttempt, type LaneEvent } from './lane.decider.ts';
import { type Lease } from './lane.lease.ts';

export interface AttemptRunnerParts {
  readonly send: WebhookSender;
  readonly store: AttemptStore;
  readonly identity: SenderIdentity;
  readonly journal: DeliveryJournal;
  readonly now: () => number;
  /** 0 to 1. */
  readonly random: () => number;
  /** Aborted when the process must end: attempts under way are left open. */
  readonly stop: AbortSignal;
}

export interface AttemptRequest {
  readonly message: MessageInHand;
  readonly endpoint: Endpoint;
  readonly lease: Lease;
  /** `performance.now()` after which the lease could end before the attempt does. */
  readonly sendBeforeMs: number;
  /** Folds the end of the attempt into the lane. */
  readonly decideLane: (command: EndAttempt) => readonly LaneEvent[];
  /** Asked at each try to write: the lane's other attempt may have ended since. */
  readonly laneNow: () => LaneNow;
}

/** Sends one message and writes down what happened. False when that could not be written: then the lane is lost. */
export function runAttempt(request: AttemptRequest, parts: AttemptRunnerParts): Promise<boolean> {
  const parent = contextOf(request.message.traceparent);
  return inSpan('webhook attempt', parent, () => attempt(request, parts), SpanKind.PRODUCER);
}

async function attempt(request: AttemptRequest, parts: AttemptRunnerParts): Promise<boolean> {
  const { message, endpoint, lease } = request;
  const startedAtMs = parts.now();
  // Frozen between the intent and here: another worker may be sending this by now.
  if (performance.now() > request.sendBeforeMs) return false;
  const result = await send(webhookRequest(message, endpoint, startedAtMs, parts), parts);
  if (result === null) return false;
  const endedAtMs = parts.now();
  const verdict = verdictOf(result, endedAtMs);
  const events = request.decideLane({
    startedAtMs,
    endedAtMs,
    verdict,
    messageFaultCount: message.faultCount,
    messageDiesAtMs: message.diesAtMs,
    jitter: parts.random(),
  });
  const ended = attemptEnd(message, lease, result, verdict, events);
  const held = await write(ended, request.laneNow, parts);
  parts.journal.attempted(message, endpoint, ended, events, held);
  return held;
}

async function send(
  request: WebhookRequest,
  { send: post, stop }: AttemptRunnerParts,
): Promise<AttemptResult | null> {
  try {
    return await post(request, stop);
  } catch (error) {
    if (stop.aborted) return null;
    throw error;
  }
}

const writeRetryMs = 500;
const writeTriesMax = 120;

/** The outcome is known to us alone: while the database is away it is worth holding on to. */
async function write(
  ended: AttemptEnd,
  laneNow: () => LaneNow,
  { store, journal, stop }: AttemptRunnerParts,
): Promise<boolean> {
  for (let tries = 1; tries <= writeTriesMax && !stop.aborted; tries += 1) {
    try {
      return await store.end({ ...ended, ...laneNow() });
    } catch (error) {
      journal.outcomeUnwritten(ended, error);
      await pause(writeRetryMs, undefined, { signal: stop }).catch(() => undefined);
    }
  }
  return false;
}

function webhookRequest(
  message: MessageInHand,
  endpoint: Endpoint,
  nowMs: number,
  { identity }: AttemptRunnerParts,
): WebhookRequest {
  const headers = deliveryHeaders(
    {
      id: message.eventId,
      timestampSeconds: Math.floor(nowMs / 1_000),
      body: message.body,
      keys: livingKeys(endpoint, nowMs),
      type: message.type,
      subject: message.corridor,
      occurredAt: message.occurredAt,
      sequence: message.sequence,
      attempt: message.attempt,
      replay: message.replay,
      traceparent: currentTraceparent(),
      custom: endpoint.headers,
    },
    identity,
  );
  return { url: endpoint.url, headers, body: message.body };
}

function attemptEnd(
  { deliveryId, attempt, faultCount }: MessageInHand,
  { webhookId, token }: Lease,
  result: AttemptResult,
  verdict: Verdict,
  events: readonly LaneEvent[],
): AttemptEnd {
  const answered = result.kind === 'answered';
  const unknown = verdict.kind === 'endpoint_fault' && verdict.outcomeUnknown;
  return {
    webhookId,
    token,
    deliveryId,
    attempt,
    outcome: verdict.kind === 'delivered' ? 'delivered' : unknown ? 'outcome_unknown' : 'failed',
    status: answered ? result.status : null,
    errorCode:
      verdict.kind !== 'delivered'
        ? verdict.code
        : answered && result.bodyBroken
          ? 'response_incomplete'
          : null,
    errorDetail: answered ? null : result.detail,
    durationMs: result.durationMs,
    excerpt: answered ? result.excerpt : null,
    message: messageAfter(events, faultCount),
  };
}

function messageAfter(events: readonly LaneEvent[], faultCount: number): MessageAfter {
  const after: MessageAfter = { state: 'pending', faultCount, retryAtMs: null, deathReason: null };
  for (const event of events) {
    if (event.type === 'MessageDelivered') return { ...after, state: 'delivered' };
    if (event.type === 'MessageDied') return { ...after, state: 'dead', deathReason: event.reason };
    if (event.type === 'MessageRefused') {
      return { ...after, faultCount: event.faultCount, retryAtMs: event.retryAtMs };
    }
  }
  return after;
}

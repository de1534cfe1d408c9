import { type Pool } from 'pg';
import { beginAttempts } from './attempt.begin.ts';
import { endAttempts } from './attempt.end.ts';
import { Coalescer } from './coalescer.ts';
import { type Lane } from './lane.decider.ts';

/** Asks for the next messages of a lane. */
export interface BeginAttempts {
  readonly webhookId: string;
  readonly token: string;
  readonly startCount: number;
}

export interface BegunAttempts {
  /** Of the webhook as it is now; another one than the worker knows means that URL or secrets changed. */
  readonly endpointVersion: number;
  readonly messages: readonly MessageInHand[];
}

/** A message whose attempt is written down and may be sent. */
export interface MessageInHand {
  readonly deliveryId: string;
  readonly sequence: number;
  readonly attempt: number;
  readonly faultCount: number;
  readonly diesAtMs: number;
  readonly replay: boolean;
  readonly eventId: string;
  readonly type: string;
  readonly corridor: string | null;
  readonly occurredAt: string;
  /** Of the request that began it all. */
  readonly traceparent: string | null;
  readonly body: Buffer;
}

export type AttemptOutcome = 'delivered' | 'failed' | 'outcome_unknown';

/** What came of an attempt. */
export interface AttemptEnd {
  readonly webhookId: string;
  readonly token: string;
  readonly deliveryId: string;
  readonly attempt: number;
  readonly outcome: AttemptOutcome;
  readonly status: number | null;
  readonly errorCode: string | null;
  readonly errorDetail: string | null;
  readonly durationMs: number;
  readonly excerpt: string | null;
  readonly message: MessageAfter;
}

/** The lane at the moment of writing. */
export interface LaneNow {
  readonly lane: Lane;
  /** Before this instant nothing may begin. */
  readonly holdUntilMs: number | null;
}

export type EndedAttempt = AttemptEnd & LaneNow;

export interface MessageAfter {
  readonly state: 'delivered' | 'pending' | 'dead';
  readonly faultCount: number;
  readonly retryAtMs: number | null;
  readonly deathReason: string | null;
}

/** The rows of attempts. Everything is bound to the lease's token: who lost the lane writes nothing. */
export interface AttemptStore {
  /** Renews the lease, writes the intents and answers the messages; null when the lane is lost. */
  begin(request: BeginAttempts): Promise<BegunAttempts | null>;
  /** False when the lane was lost. */
  end(attempt: EndedAttempt): Promise<boolean>;
}

export function attemptStore(pool: Pool, leaseMs: number): AttemptStore {
  const beginning = new Coalescer(
    (requests: readonly BeginAttempts[]) => beginAttempts(pool, requests, leaseMs),
    200,
  );
  const ending = new Coalescer((attempts: readonly EndedAttempt[]) => endAttempts(pool, attempts), 200);
  return { begin: (request) => beginning.submit(request), end: (attempt) => ending.submit(attempt) };
}

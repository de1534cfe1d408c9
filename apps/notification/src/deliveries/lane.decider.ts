import { type Verdict } from './attempt.verdict.ts';
import { type LanePolicy } from './lane.policy.ts';
import { rampIsOver } from './lane.pace.ts';

/*
 * An endpoint is a lane, and it is the lane that is retried, not each message of it.
 *
 *   healthy ──endpoint fault──▶ failing ──probe answered──▶ recovering ──pace reached──▶ healthy
 *                                 ▲  │ fault: next step         │
 *                                 └──┴────endpoint fault────────┘
 *   any ──410, or no success for days──▶ disabled (only its owner opens it again)
 *
 * While it fails everything waits and one probe, its oldest message, follows the steps. With 10,000 messages waiting,
 * six hours of outage then cost some thirty requests and end without a herd.
 */
export type Lane = LanePhase & {
  /** Since the last delivered message; null while the last try was a success. */
  readonly drought: Drought | null;
};

export type LanePhase =
  | { readonly phase: 'healthy' }
  | {
      readonly phase: 'failing';
      readonly failureCount: number;
      readonly failedAtMs: number;
      readonly probeAtMs: number;
    }
  | { readonly phase: 'recovering'; readonly recoveredAtMs: number; readonly lastStartAtMs: number }
  | { readonly phase: 'disabled'; readonly reason: DisabledReason };

export type DisabledReason = 'gone' | 'no_success' | 'manual';

export interface Drought {
  readonly sinceMs: number;
  readonly tryCount: number;
  readonly noticeCount: number;
}

/** An attempt on one message came to its end. */
export interface EndAttempt {
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly verdict: Verdict;
  /** How often this message was refused for its content before. */
  readonly messageFaultCount: number;
  readonly messageDiesAtMs: number;
  /** 0 to 1, drawn at random by the caller. */
  readonly jitter: number;
}

export type LaneEvent =
  | { readonly type: 'MessageDelivered' }
  | { readonly type: 'MessageRefused'; readonly faultCount: number; readonly retryAtMs: number }
  | { readonly type: 'MessageKept' }
  | { readonly type: 'MessageDied'; readonly reason: 'refused' | 'expired' }
  | { readonly type: 'TryFailed'; readonly atMs: number }
  | { readonly type: 'AttemptStarted'; readonly atMs: number }
  | {
      readonly type: 'EndpointFailed';
      readonly failureCount: number;
      readonly atMs: number;
      readonly probeAtMs: number;
    }
  | { readonly type: 'EndpointRecovered'; readonly atMs: number }
  | { readonly type: 'RampEnded' }
  | { readonly type: 'EndpointNoticed'; readonly withoutSuccessMs: number }
  | { readonly type: 'EndpointDisabled'; readonly reason: DisabledReason };

export const initialLane: Lane = { phase: 'healthy', drought: null };

export function decide(command: EndAttempt, lane: Lane, policy: LanePolicy): readonly LaneEvent[] {
  return [...messageFate(command, policy), ...endpointFate(command, lane, policy)];
}

export function evolve(lane: Lane, event: LaneEvent): Lane {
  switch (event.type) {
    case 'MessageDelivered':
      return { ...lane, drought: null };
    case 'TryFailed':
      return { ...lane, drought: longer(lane.drought, event.atMs) };
    case 'AttemptStarted':
      return lane.phase === 'recovering' ? { ...lane, lastStartAtMs: event.atMs } : lane;
    case 'EndpointFailed': {
      const { failureCount, atMs: failedAtMs, probeAtMs } = event;
      return { phase: 'failing', failureCount, failedAtMs, probeAtMs, drought: lane.drought };
    }
    case 'EndpointRecovered': {
      const { atMs } = event;
      return { phase: 'recovering', recoveredAtMs: atMs, lastStartAtMs: atMs, drought: lane.drought };
    }
    case 'RampEnded':
      return { phase: 'healthy', drought: lane.drought };
    case 'EndpointNoticed':
      return lane.drought === null
        ? lane
        : { ...lane, drought: { ...lane.drought, noticeCount: lane.drought.noticeCount + 1 } };
    case 'EndpointDisabled':
      return { phase: 'disabled', reason: event.reason, drought: lane.drought };
    case 'MessageRefused':
    case 'MessageKept':
    case 'MessageDied':
      return lane;
  }
}

function messageFate(command: EndAttempt, policy: LanePolicy): readonly LaneEvent[] {
  const { verdict, endedAtMs, messageDiesAtMs } = command;
  if (verdict.kind === 'delivered') return [{ type: 'MessageDelivered' }];
  const faultCount = command.messageFaultCount + (verdict.kind === 'message_fault' ? 1 : 0);
  if (faultCount >= policy.messageTryMax) return [{ type: 'MessageDied', reason: 'refused' }];
  if (endedAtMs >= messageDiesAtMs) return [{ type: 'MessageDied', reason: 'expired' }];
  if (verdict.kind !== 'message_fault') return [{ type: 'MessageKept' }];
  return [
    { type: 'MessageRefused', faultCount, retryAtMs: endedAtMs + stepMs(faultCount, command.jitter, policy) },
  ];
}

function endpointFate(command: EndAttempt, lane: Lane, policy: LanePolicy): readonly LaneEvent[] {
  const { verdict } = command;
  if (lane.phase === 'disabled') return [];
  switch (verdict.kind) {
    case 'delivered':
      return contact(command, lane, policy);
    case 'message_fault':
      // It refused this message, so it is there: the others need not wait.
      return [...contact(command, lane, policy), ...drought(command, lane, policy)];
    case 'gone':
      return [
        { type: 'TryFailed', atMs: command.endedAtMs },
        { type: 'EndpointDisabled', reason: 'gone' },
      ];
    case 'endpoint_fault':
      return [...failure(command, lane, policy, verdict.retryAfterMs), ...drought(command, lane, policy)];
  }
}

function contact(
  { startedAtMs, endedAtMs }: EndAttempt,
  lane: Lane,
  policy: LanePolicy,
): readonly LaneEvent[] {
  if (lane.phase === 'recovering' && rampIsOver(lane, endedAtMs, policy)) return [{ type: 'RampEnded' }];
  // A try that began before the failure says nothing about the time after it.
  if (lane.phase !== 'failing' || startedAtMs < lane.failedAtMs) return [];
  return [{ type: 'EndpointRecovered', atMs: endedAtMs }];
}

function failure(
  { startedAtMs, endedAtMs, jitter }: EndAttempt,
  lane: Lane,
  policy: LanePolicy,
  retryAfterMs: number | null,
): readonly LaneEvent[] {
  // Two that were under way together and fail together are one failure, or a blip would cost two steps.
  if (lane.phase === 'failing' && startedAtMs < lane.failedAtMs) return [];
  const failureCount = lane.phase === 'failing' ? lane.failureCount + 1 : 1;
  const waitMs = Math.max(stepMs(failureCount, jitter, policy), retryAfterMs ?? 0);
  return [{ type: 'EndpointFailed', failureCount, atMs: endedAtMs, probeAtMs: endedAtMs + waitMs }];
}

function drought({ endedAtMs }: EndAttempt, lane: Lane, policy: LanePolicy): readonly LaneEvent[] {
  const { sinceMs, tryCount, noticeCount } = longer(lane.drought, endedAtMs);
  const lastedMs = endedAtMs - sinceMs;
  const notices = policy.noticesAfterMs.slice(noticeCount).filter((afterMs) => lastedMs >= afterMs);
  const isOver = lastedMs >= policy.disableAfterMs && tryCount >= policy.disableTryMin;
  return [
    { type: 'TryFailed', atMs: endedAtMs },
    ...notices.map((withoutSuccessMs) => ({ type: 'EndpointNoticed', withoutSuccessMs }) as const),
    ...(isOver ? [{ type: 'EndpointDisabled', reason: 'no_success' } as const] : []),
  ];
}

function longer(drought: Drought | null, atMs: number): Drought {
  if (drought === null) return { sinceMs: atMs, tryCount: 1, noticeCount: 0 };
  return { ...drought, tryCount: drought.tryCount + 1 };
}

function stepMs(failureCount: number, jitter: number, { stepsMs, jitterPart }: LanePolicy): number {
  const step = stepsMs[Math.min(failureCount, stepsMs.length) - 1] ?? 0;
  return Math.round(step * (1 + jitterPart * (2 * jitter - 1)));
}

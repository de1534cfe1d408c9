import fc from 'fast-check';
import { type Verdict } from './attempt.verdict.ts';
import { decide, type EndAttempt, evolve, initialLane, type Lane, type LaneEvent } from './lane.decider.ts';
import { lanePolicy } from './lane.policy.ts';

const policy = lanePolicy({ scale: 1, rampStartPerSecond: 1 });
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const delivered: Verdict = { kind: 'delivered' };
const refused: Verdict = { kind: 'message_fault', code: 'http_422' };
const gone: Verdict = { kind: 'gone', code: 'http_410' };
function fault(retryAfterMs: number | null = null): Verdict {
  return { kind: 'endpoint_fault', code: 'http_503', retryAfterMs, outcomeUnknown: false };
}

/** An attempt that took no time; a jitter of 0.5 leaves every step as it is. */
function ended(verdict: Verdict, atMs: number, more: Partial<EndAttempt> = {}): EndAttempt {
  const message = { messageFaultCount: 0, messageDiesAtMs: Infinity };
  return { startedAtMs: atMs, endedAtMs: atMs, verdict, jitter: 0.5, ...message, ...more };
}

interface Scene {
  readonly when: (command: EndAttempt) => {
    readonly then: (...expected: LaneEvent[]) => void;
    readonly lane: Lane;
    readonly events: readonly LaneEvent[];
  };
}

function given(...past: readonly EndAttempt[]): Scene {
  const lane = past.reduce((before, command) => fold(before, decide(command, before, policy)), initialLane);
  return {
    when(command) {
      const events = decide(command, lane, policy);
      const then = (...expected: LaneEvent[]): void => {
        expect(events).toEqual(expected);
      };
      return { then, lane: fold(lane, events), events };
    },
  };
}

function fold(lane: Lane, events: readonly LaneEvent[]): Lane {
  return events.reduce(evolve, lane);
}

describe('a healthy lane', () => {
  it('stays healthy when a message is delivered', () => {
    const { then, lane } = given().when(ended(delivered, 1_000));
    then({ type: 'MessageDelivered' });
    expect(lane).toEqual(initialLane);
  });

  it('fails on an endpoint fault, keeps the message and probes after 5 s', () => {
    given()
      .when(ended(fault(), 1_000))
      .then(
        { type: 'MessageKept' },
        { type: 'EndpointFailed', failureCount: 1, atMs: 1_000, probeAtMs: 6_000 },
        { type: 'TryFailed', atMs: 1_000 },
      );
  });

  it('stays healthy when one message is refused for its content', () => {
    const { then, lane } = given().when(ended(refused, 1_000));
    then({ type: 'MessageRefused', faultCount: 1, retryAtMs: 6_000 }, { type: 'TryFailed', atMs: 1_000 });
    expect(lane.phase).toBe('healthy');
  });
});

describe('a failing lane', () => {
  it('follows 5 s, 30 s, 2 m, 5 m, 10 m, then every 15 m', () => {
    let lane = initialLane;
    let now = 0;
    const waits: number[] = [];
    for (let probe = 0; probe < 8; probe += 1) {
      lane = fold(lane, decide(ended(fault(), now), lane, policy));
      if (lane.phase !== 'failing') throw new Error('must be failing');
      waits.push(lane.probeAtMs - now);
      now = lane.probeAtMs;
    }
    expect(waits).toEqual([
      5_000,
      30_000,
      2 * minute,
      5 * minute,
      10 * minute,
      15 * minute,
      15 * minute,
      15 * minute,
    ]);
  });

  it('makes at most 40 requests in six hours, whatever the jitter', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 50, maxLength: 50 }),
        (jitters) => {
          let lane = initialLane;
          let now = 0;
          let requestCount = 0;
          for (const jitter of jitters) {
            if (now > 6 * hour) break;
            lane = fold(lane, decide(ended(fault(), now, { jitter }), lane, policy));
            requestCount += 1;
            now = lane.phase === 'failing' ? lane.probeAtMs : Infinity;
          }
          expect(requestCount).toBeLessThanOrEqual(40);
        },
      ),
    );
  });

  it('spreads its steps by a fifth to either side', () => {
    const probeAt = (jitter: number): LaneEvent | undefined =>
      given().when(ended(fault(), 0, { jitter })).events[1];
    expect(probeAt(0)).toMatchObject({ probeAtMs: 4_000 });
    expect(probeAt(1)).toMatchObject({ probeAtMs: 6_000 });
  });

  it('waits as long as the receiver asks, and never shorter than its step', () => {
    expect(given().when(ended(fault(60_000), 0)).events[1]).toMatchObject({ probeAtMs: 60_000 });
    expect(given().when(ended(fault(1_000), 0)).events[1]).toMatchObject({ probeAtMs: 5_000 });
  });

  it('counts two attempts that were under way together as one failure', () => {
    given(ended(fault(), 1_000, { startedAtMs: 500 }))
      .when(ended(fault(), 1_200, { startedAtMs: 600 }))
      .then({ type: 'MessageKept' }, { type: 'TryFailed', atMs: 1_200 });
  });

  it('does not recover by an attempt that began before it failed', () => {
    const { then, lane } = given(ended(fault(), 1_000)).when(ended(delivered, 2_000, { startedAtMs: 900 }));
    then({ type: 'MessageDelivered' });
    expect(lane.phase).toBe('failing');
  });

  it('recovers when its probe is delivered', () => {
    given(ended(fault(), 1_000))
      .when(ended(delivered, 6_000))
      .then({ type: 'MessageDelivered' }, { type: 'EndpointRecovered', atMs: 6_000 });
  });

  it('recovers when its probe is refused for its content, because someone answered', () => {
    const { lane } = given(ended(fault(), 1_000)).when(ended(refused, 6_000));
    expect(lane.phase).toBe('recovering');
  });

  it('starts its steps anew when it fails again while recovering', () => {
    const { events } = given(ended(fault(), 0), ended(fault(), 5_000), ended(delivered, 35_000)).when(
      ended(fault(), 36_000),
    );
    expect(events[1]).toMatchObject({ type: 'EndpointFailed', failureCount: 1, probeAtMs: 41_000 });
  });
});

describe('a message', () => {
  it('dies at its third refusal', () => {
    const { events } = given().when(ended(refused, 1_000, { messageFaultCount: 2 }));
    expect(events[0]).toEqual({ type: 'MessageDied', reason: 'refused' });
  });

  it('dies by age when it fails, and not when it is delivered', () => {
    const old = { messageDiesAtMs: 1_000 };
    expect(given().when(ended(fault(), 1_000, old)).events[0]).toEqual({
      type: 'MessageDied',
      reason: 'expired',
    });
    expect(given().when(ended(delivered, 1_000, old)).events[0]).toEqual({ type: 'MessageDelivered' });
  });

  it('does not die of the endpoint, however often that fails', () => {
    const { events } = given().when(ended(fault(), 1_000, { messageFaultCount: 2 }));
    expect(events[0]).toEqual({ type: 'MessageKept' });
  });
});

describe('a lane is disabled', () => {
  it('at once by 410', () => {
    const { events, lane } = given().when(ended(gone, 1_000));
    expect(events).toContainEqual({ type: 'EndpointDisabled', reason: 'gone' });
    expect(events[0]).toEqual({ type: 'MessageKept' });
    expect(lane.phase).toBe('disabled');
  });

  it('after 5 days without success, with notices at 1 h, 24 h and 72 h, each once', () => {
    let lane = initialLane;
    const seen: [number, LaneEvent][] = [];
    for (let now = 0; lane.phase !== 'disabled'; now += 15 * minute) {
      const events = decide(ended(fault(), now), lane, policy);
      lane = fold(lane, events);
      seen.push(...events.map((event): [number, LaneEvent] => [now, event]));
    }
    const notices = seen.filter(([, event]) => event.type === 'EndpointNoticed').map(([now]) => now);
    expect(notices).toEqual([hour, 24 * hour, 72 * hour]);
    expect(seen.at(-1)).toEqual([5 * day, { type: 'EndpointDisabled', reason: 'no_success' }]);
  });

  it('not by time alone: ten tries must have failed', () => {
    const failures = (count: number): EndAttempt[] =>
      Array.from({ length: count }, (_, index) => ended(fault(), index * 15 * minute));
    expect(given(...failures(8)).when(ended(fault(), 5 * day)).lane.phase).toBe('failing');
    expect(given(...failures(9)).when(ended(fault(), 5 * day)).lane.phase).toBe('disabled');
  });

  it('not when something was delivered in between', () => {
    const past = Array.from({ length: 20 }, (_, index) => ended(fault(), index * 15 * minute));
    const { lane } = given(...past, ended(delivered, 4 * day)).when(ended(fault(), 5 * day));
    expect(lane.phase).toBe('failing');
    expect(lane.drought).toEqual({ sinceMs: 5 * day, tryCount: 1, noticeCount: 0 });
  });

  it('by refusals as well, because nothing arrives', () => {
    const past = Array.from({ length: 9 }, (_, index) => ended(refused, index * minute));
    expect(given(...past).when(ended(refused, 5 * day)).lane.phase).toBe('disabled');
  });
});

describe('whatever is answered', () => {
  const verdict = fc.oneof(
    fc.constant(delivered),
    fc.constant(refused),
    fc.option(fc.integer({ min: 1, max: day }), { nil: null }).map(fault),
  );

  it('each attempt decides one fate for its message, and a probe is never due in the past', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(verdict, fc.integer({ min: 1, max: hour })), { maxLength: 60 }),
        (answers) => {
          let lane = initialLane;
          let now = 0;
          for (const [answer, laterMs] of answers) {
            now += laterMs;
            const events = decide(ended(answer, now), lane, policy);
            const fates = events.filter(({ type }) => type.startsWith('Message'));
            expect(fates).toHaveLength(1);
            lane = fold(lane, events);
            if (lane.phase === 'failing' && answer.kind === 'endpoint_fault') {
              expect(lane.probeAtMs).toBeGreaterThan(lane.failedAtMs);
            }
          }
        },
      ),
    );
  });
});

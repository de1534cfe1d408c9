import { setTimeout as pause } from 'node:timers/promises';
import { runAttempt, type AttemptRunnerParts } from './attempt.runner.ts';
import { type BegunAttempts, type LaneNow } from './attempt.store.ts';
import { type Coalescer } from './coalescer.ts';
import { type Endpoint } from './endpoint.reader.ts';
import { decide, evolve, type EndAttempt, type Lane, type LaneEvent } from './lane.decider.ts';
import { type Lease, type Rest } from './lane.lease.ts';
import { paceOf, type Pace } from './lane.pace.ts';
import { type LanePolicy } from './lane.policy.ts';

export interface LaneRunParts {
  readonly policy: LanePolicy;
  readonly attempts: AttemptRunnerParts;
  readonly releaser: Coalescer<Lease, Rest>;
  /** Answers null when the webhook was deleted. */
  readonly readEndpoint: (webhookId: string) => Promise<Endpoint | null>;
  /** From the writing of an intent to the last instant at which its attempt may begin. */
  readonly sendWithinMs: number;
  /** Begin nothing more. */
  readonly draining: AbortSignal;
}

/** A lane gives its place to another one after this long, however much it has to send. */
const turnMs = 10_000;
/** How soon a lane with a free slot looks for messages that came while its other attempt is under way. */
const idleSlotPollMs = 250;

/**
 * One worker's turn on one lane: begins as many attempts as the pace allows, waits for them, and gives the lane back
 * when nothing is to be done, the turn is over or the process drains. The lane lives in memory for the turn; each
 * attempt that ends writes it down. A lane that is lost is left as it is: its next holder cleans up.
 */
export class LaneRun {
  readonly #inFlight = new Set<Promise<void>>();
  readonly #endsAtMs: number;
  readonly #policy: LanePolicy;
  #lane: Lane;
  #endpoint: Endpoint;
  #lost = false;

  constructor(
    private readonly lease: Lease,
    endpoint: Endpoint,
    private readonly parts: LaneRunParts,
  ) {
    this.#lane = lease.lane;
    this.#endpoint = endpoint;
    this.#policy = endpoint.ordered ? { ...parts.policy, inFlightMax: 1 } : parts.policy;
    this.#endsAtMs = parts.attempts.now() + turnMs;
  }

  /** Answers when the lane is due next; null when it rests or is lost. */
  async run(): Promise<number | null> {
    try {
      for (;;) {
        if ((await this.#beginMore()) > 0) continue;
        if (this.#inFlight.size > 0) {
          await this.#somethingEnds();
          continue;
        }
        if (this.#lost) return null;
        const rest = await this.parts.releaser.submit(this.lease);
        if (rest.kind !== 'awake') return rest.kind === 'resting' ? rest.dueAtMs : null;
      }
    } finally {
      await Promise.all(this.#inFlight);
    }
  }

  async #beginMore(): Promise<number> {
    const { startCount } = this.#pace();
    if (startCount === 0 || this.#lost || this.#turnIsOver()) return 0;
    const askedAtMs = performance.now();
    const { webhookId, token } = this.lease;
    const begun = await this.parts.attempts.store.begin({ webhookId, token, startCount });
    if (begun === null) {
      this.#lost = true;
      return 0;
    }
    await this.#renewEndpoint(begun);
    for (const message of begun.messages) this.#start(message, askedAtMs + this.parts.sendWithinMs);
    return begun.messages.length;
  }

  #start(message: BegunAttempts['messages'][number], sendBeforeMs: number): void {
    this.#lane = evolve(this.#lane, { type: 'AttemptStarted', atMs: this.parts.attempts.now() });
    const { lease } = this;
    const decideLane = (command: EndAttempt): readonly LaneEvent[] => this.#decide(command);
    const laneNow = (): LaneNow => this.#laneNow();
    const attempt = runAttempt(
      { message, endpoint: this.#endpoint, lease, sendBeforeMs, decideLane, laneNow },
      this.parts.attempts,
    );
    const settled: Promise<void> = attempt
      .catch((error: unknown) => {
        this.parts.attempts.journal.laneBroke(lease.webhookId, error);
        return false;
      })
      .then((written) => {
        if (!written) this.#lost = true;
        this.#inFlight.delete(settled);
      });
    this.#inFlight.add(settled);
  }

  #decide(command: EndAttempt): readonly LaneEvent[] {
    const events = decide(command, this.#lane, this.#policy);
    this.#lane = events.reduce(evolve, this.#lane);
    return events;
  }

  #laneNow(): LaneNow {
    const { nextStartAtMs: holdUntilMs } = paceOf(this.#lane, 0, this.parts.attempts.now(), this.#policy);
    return { lane: this.#lane, holdUntilMs };
  }

  #pace(): Pace {
    return paceOf(this.#lane, this.#inFlight.size, this.parts.attempts.now(), this.#policy);
  }

  #turnIsOver(): boolean {
    return this.parts.draining.aborted || this.parts.attempts.now() >= this.#endsAtMs;
  }

  async #somethingEnds(): Promise<void> {
    const looksAgain = this.#pace().startCount > 0 && !this.#lost && !this.#turnIsOver();
    const timer = new AbortController();
    const waits = looksAgain ? [pause(idleSlotPollMs, undefined, { signal: timer.signal })] : [];
    await Promise.race([...this.#inFlight, ...waits]);
    timer.abort();
    await Promise.allSettled(waits);
  }

  /** The URL or a secret may have changed since the turn began. */
  async #renewEndpoint({ endpointVersion, messages }: BegunAttempts): Promise<void> {
    if (endpointVersion === this.#endpoint.version || messages.length === 0) return;
    this.#endpoint = (await this.parts.readEndpoint(this.lease.webhookId)) ?? this.#endpoint;
  }
}

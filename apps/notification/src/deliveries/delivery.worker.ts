import { setTimeout as pause } from 'node:timers/promises';
import { type Pool } from 'pg';
import { type SenderIdentity } from '../sending/delivery.headers.ts';
import { type SecretCipher } from '../sending/secret.cipher.ts';
import { type WebhookSender } from '../sending/webhook.sender.ts';
import { attemptStore } from './attempt.store.ts';
import { type DeliveryJournal } from './delivery.journal.ts';
import { openEndpoint, readEndpoint } from './endpoint.reader.ts';
import { giveUpLostAttempts, laneReleaser, type Lease, takeLanes } from './lane.lease.ts';
import { type LanePolicy } from './lane.policy.ts';
import { LaneRun, type LaneRunParts } from './lane.run.ts';
import { listenForWakeUps } from './wake-up.listener.ts';

export interface DeliveryWorkerSettings {
  readonly policy: LanePolicy;
  /** Lanes worked on at once; each has at most two attempts in flight. */
  readonly lanesMax: number;
  /** Renewed with every attempt; MUST outlive one attempt. */
  readonly leaseMs: number;
  /** From the writing of an intent to the last instant at which its attempt may begin. */
  readonly sendWithinMs: number;
  /** How soon work is found whose wake-up was lost. */
  readonly pollMs: number;
  /** How long attempts under way may take once the process ends. */
  readonly drainMs: number;
}

export interface DeliveryWorkerParts {
  readonly pool: Pool;
  readonly send: WebhookSender;
  readonly cipher: SecretCipher;
  readonly identity: SenderIdentity;
  readonly journal: DeliveryJournal;
  readonly settings: DeliveryWorkerSettings;
  readonly now?: () => number;
  readonly random?: () => number;
}

/** Takes lanes that are due and runs each of them, until it is stopped. Any number of workers share the lanes. */
export class DeliveryWorker {
  readonly #draining = new AbortController();
  readonly #stop = new AbortController();
  readonly #running = new Set<Promise<void>>();
  readonly #laneParts: LaneRunParts;
  #wake: () => void = () => undefined;
  #wokenMeanwhile = false;
  #nextDueAtMs = Infinity;
  #loop: Promise<void> | null = null;
  #listening: { close(): Promise<void> } | null = null;

  constructor(private readonly parts: DeliveryWorkerParts) {
    const { pool, cipher, settings, send, identity, journal, now = Date.now, random = Math.random } = parts;
    const { policy, leaseMs, sendWithinMs } = settings;
    const store = attemptStore(pool, leaseMs);
    this.#laneParts = {
      policy,
      attempts: { send, store, identity, journal, now, random, stop: this.#stop.signal },
      releaser: laneReleaser(pool),
      readEndpoint: async (webhookId) => {
        const row = await readEndpoint(pool, webhookId);
        return row === null ? null : openEndpoint(row, cipher);
      },
      sendWithinMs,
      draining: this.#draining.signal,
    };
  }

  start(): void {
    this.#listening = listenForWakeUps(this.parts.pool, () => {
      this.wakeUp();
    });
    this.#loop = this.#run();
  }

  /** There may be work: look now instead of at the next poll. */
  wakeUp(): void {
    this.#wokenMeanwhile = true;
    this.#wake();
  }

  /** Takes no more lanes, lets what is in flight end, and after `drainMs` leaves it to the next worker. */
  async stop(): Promise<void> {
    this.#draining.abort();
    this.wakeUp();
    const deadline = setTimeout(() => {
      this.#stop.abort(new Error('The process ends'));
    }, this.parts.settings.drainMs);
    await this.#loop;
    await Promise.all(this.#running);
    clearTimeout(deadline);
    await this.#listening?.close();
  }

  async #run(): Promise<void> {
    const { lanesMax, leaseMs } = this.parts.settings;
    while (!this.#draining.signal.aborted) {
      this.#wokenMeanwhile = false;
      const freeCount = lanesMax - this.#running.size;
      const leases = freeCount === 0 ? [] : await this.#take(freeCount, leaseMs);
      for (const lease of leases) this.#startTurn(lease);
      // A full hand of lanes means that there may be more.
      if (leases.length === 0 || leases.length < freeCount) await this.#untilWoken();
    }
  }

  async #take(countMax: number, leaseMs: number): Promise<readonly Lease[]> {
    try {
      return await takeLanes(this.parts.pool, countMax, leaseMs);
    } catch (error) {
      this.parts.journal.workerFailed(error);
      await pause(this.parts.settings.pollMs);
      return [];
    }
  }

  #startTurn(lease: Lease): void {
    const turn: Promise<void> = this.#turn(lease)
      .catch((error: unknown) => {
        this.parts.journal.laneBroke(lease.webhookId, error);
        return null;
      })
      .then((dueAtMs) => {
        this.#running.delete(turn);
        if (dueAtMs !== null) this.#dueAt(dueAtMs);
        // Its slot is free: a lane may be waiting for it.
        if (this.#running.size === this.parts.settings.lanesMax - 1) this.wakeUp();
      });
    this.#running.add(turn);
  }

  async #turn(lease: Lease): Promise<number | null> {
    const { pool, cipher } = this.parts;
    if (lease.abandoned) await giveUpLostAttempts(pool, lease);
    return new LaneRun(lease, openEndpoint(lease.endpoint, cipher), this.#laneParts).run();
  }

  #dueAt(dueAtMs: number): void {
    this.#nextDueAtMs = Math.min(this.#nextDueAtMs, dueAtMs);
    this.#wake();
  }

  async #untilWoken(): Promise<void> {
    const { pollMs } = this.parts.settings;
    const pollAtMs = this.#laneParts.attempts.now() + pollMs;
    while (!this.#wokenMeanwhile) {
      const nowMs = this.#laneParts.attempts.now();
      const waitMs = Math.min(pollAtMs, this.#nextDueAtMs) - nowMs;
      if (waitMs <= 0) break;
      const timer = new AbortController();
      const woken = new Promise<void>((resolve) => (this.#wake = resolve));
      await Promise.race([woken, pause(waitMs, undefined, { signal: timer.signal }).catch(() => undefined)]);
      timer.abort();
    }
    if (this.#nextDueAtMs <= this.#laneParts.attempts.now()) this.#nextDueAtMs = Infinity;
  }
}

import { setTimeout } from 'node:timers/promises';
import { type Pool } from 'pg';
import { insertCosignature, latestCheckpoint } from '../checkpoints/checkpoint.store.ts';
import { treeAt } from '../tree/tile.store.ts';
import { addCheckpoint } from './witness.client.ts';
import { verdictOf, type WitnessVerdict } from './witness.decider.ts';
import { keepCosigned, keepError, keepSize, readWitnesses } from './witness.store.ts';
import { type Witness } from './witness.ts';

interface WitnessLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  fatal(fields: object, message: string): void;
}

export interface WitnessParts {
  readonly pool: Pool;
  readonly witness: Witness;
  readonly log: WitnessLogger;
  /** Between two submissions when all is well; by default a second. */
  readonly paceMs?: number;
  /** The first pause after a failure, which doubles with each; by default a second. */
  readonly backoffMs?: number;
}

const backoffMsMax = 300_000;
/** How soon a checkpoint is found of which this process did not hear, since another instance published it. */
const pollMs = 5_000;
/** Of sizes that a witness names one after the other. */
const correctionsMax = 3;

/**
 * Asks one witness to cosign what is published, one submission at a time, for as long as the log runs. It stands beside
 * the log: whether a witness is there or not, appends, integration and publishing go on alike.
 */
export class WitnessRun {
  private readonly stopping = new AbortController();
  private readonly done: Promise<void>;
  private wake: (() => void) | null = null;
  private toldCount = 0;
  private failureCount = 0;
  private lastReason: string | null = null;

  constructor(private readonly parts: WitnessParts) {
    this.done = this.run();
  }

  /** Something was published. */
  published(): void {
    this.toldCount += 1;
    this.wake?.();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.done;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const toldCount = this.toldCount;
      try {
        const verdict = await this.submit();
        if (verdict !== null) await this.pause(this.outcome(verdict), signal);
        else if (this.toldCount === toldCount) await this.untilPublished();
      } catch (error) {
        await this.pause(
          this.failed(`the database does not answer: ${(error as Error).message}`, null),
          signal,
        );
      }
    }
  }

  /** @returns null where there is nothing to cosign */
  private async submit(): Promise<WitnessVerdict | null> {
    const { pool, witness } = this.parts;
    for (let corrections = 0; ; corrections += 1) {
      const checkpoint = await latestCheckpoint(pool);
      const [standing] = await readWitnesses(pool, [witness.vkey]);
      const known = standing?.size ?? 0;
      if (checkpoint === null || (known === checkpoint.size && standing?.lastError === null)) return null;
      const { note, size } = checkpoint;
      // A size beyond ours is what it said when we had more: it will say it again.
      const oldSize = Math.min(known, size);
      const proof = await treeAt(pool, size).consistencyProof(oldSize);
      const submission = { note, size, oldSize, proof };
      const answer = await addCheckpoint(witness.url, submission, this.stopping.signal);
      const verdict = verdictOf(answer, submission, witness.key);
      if (verdict.kind === 'cosigned') {
        await insertCosignature(pool, size, witness.vkey, verdict.line);
        await keepCosigned(pool, witness.vkey, size);
      }
      if (verdict.kind !== 'elsewhere' || corrections === correctionsMax) return verdict;
      await keepSize(pool, witness.vkey, verdict.size);
    }
  }

  /** @returns how long to wait */
  private outcome(verdict: WitnessVerdict): number {
    switch (verdict.kind) {
      case 'cosigned':
        this.succeeded();
        return this.parts.paceMs ?? 1_000;
      case 'elsewhere':
        return this.failed('it names another size each time', null);
      case 'away':
        return this.failed(verdict.reason, verdict.retryAfterMs);
      case 'refused':
        return this.failed(verdict.reason, null);
      case 'contradicted':
        if (this.lastReason !== verdict.reason)
          this.parts.log.fatal(
            { witness: this.parts.witness.key.name, reason: verdict.reason },
            'a witness has seen another history than ours: somebody must look into it',
          );
        return this.failed(verdict.reason, null);
    }
  }

  private succeeded(): void {
    if (this.lastReason !== null)
      this.parts.log.info({ witness: this.parts.witness.key.name }, 'the witness cosigns again');
    this.failureCount = 0;
    this.lastReason = null;
  }

  private failed(reason: string, retryAfterMs: number | null): number {
    const { pool, witness, log, backoffMs = 1_000 } = this.parts;
    if (this.lastReason !== reason)
      log.warn({ witness: witness.key.name, reason }, 'a witness did not cosign');
    this.lastReason = reason;
    void keepError(pool, witness.vkey, reason).catch(() => undefined);
    this.failureCount += 1;
    const steps = Math.min(this.failureCount - 1, 20);
    return Math.max(Math.min(backoffMs * 2 ** steps, backoffMsMax), retryAfterMs ?? 0);
  }

  private async untilPublished(): Promise<void> {
    const waking = new AbortController();
    this.wake = () => {
      waking.abort();
    };
    await this.pause(pollMs, AbortSignal.any([waking.signal, this.stopping.signal]));
    this.wake = null;
  }

  private async pause(ms: number, signal: AbortSignal): Promise<void> {
    // Cut short is as good as over.
    await setTimeout(ms, undefined, { signal }).catch(() => undefined);
  }
}

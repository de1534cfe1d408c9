import { type Pool } from 'pg';
import { formatVkey, type SignerKey } from '#proofs';
import { publishCheckpoint } from './checkpoints/checkpoint.publisher.ts';
import { recordFileOf, SignedRecord } from './checkpoints/signed-record.ts';
import { type KeySource, loadKey } from './keys/key.source.ts';
import { currentVkey, enrolKey } from './keys/signing-key.store.ts';
import { LogPace, type GrowthHint } from './log-pace.ts';
import { growTree, leavesPerStepMax } from './tree/integrator.ts';
import { SigningRefusedError, TransparencyError } from './transparency.error.ts';

/** The three sizes of the log are one after the other: appended ≥ integrated ≥ published. */
export interface LogStanding {
  readonly integrated: number;
  readonly published: number;
  /** Why nothing is signed until somebody has looked into it; null while all is well. */
  readonly refusal: { readonly code: string; readonly reason: string } | null;
  /** Of the last step, when it failed; such failures pass by themselves. */
  readonly lastError: string | null;
  readonly lastPublishedAt: string | null;
}

interface RunLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  fatal(fields: object, message: string): void;
}

export interface LogParts {
  readonly pool: Pool;
  readonly hint: GrowthHint;
  readonly keys: KeySource;
  readonly log: RunLogger;
  /** After each step that took something in: how many leaves and how long. */
  readonly onIntegrated?: (leafCount: number, seconds: number) => void;
  /** After each checkpoint. */
  readonly onPublished?: (size: number) => void;
}

const retryMs = 500;
/** It may be mended while the process runs, by putting the right database or key in place. */
const refusedMs = 5_000;
/** While there is more to take in than one step does, checkpoints are published all the same. */
const publishWithinMs = 500;

/**
 * Opens the log: its key, which is made for a new log, MUST be the one that the log is signed with.
 * @throws TransparencyError, KeyFileError: such a log must not be started
 */
export async function openLog(parts: LogParts): Promise<TransparencyLog> {
  const key = await loadKey(parts.keys, await currentVkey(parts.pool));
  await enrolKey(parts.pool, formatVkey(key.verifierKey));
  return new TransparencyLog(parts, key);
}

/** Takes the ledger into the tree and signs it, behind the append path: an append never waits for it. */
export class TransparencyLog {
  private readonly stopping = new AbortController();
  private readonly record: SignedRecord;
  private done: Promise<void> = Promise.resolve();
  private standing: LogStanding = {
    integrated: 0,
    published: 0,
    refusal: null,
    lastError: null,
    lastPublishedAt: null,
  };

  constructor(
    private readonly parts: LogParts,
    private key: SignerKey,
  ) {
    this.record = new SignedRecord(recordFileOf(parts.keys));
  }

  get origin(): string {
    return this.key.verifierKey.name;
  }

  start(): void {
    this.done = this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.done;
  }

  health(): LogStanding {
    return this.standing;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    const pace = new LogPace(this.parts.hint, signal);
    while (!signal.aborted) {
      pace.stepStarts();
      try {
        await this.integrate();
        if (this.owesCheckpoint()) await this.publish();
        this.stands({ refusal: null, lastError: null });
        await pace.untilNextStep(this.standing.integrated);
      } catch (error) {
        await pace.pause(this.failed(error) ? refusedMs : retryMs);
      }
    }
  }

  /** Until nothing waits, or others wait for a checkpoint. */
  private async integrate(): Promise<void> {
    const publishBy = performance.now() + publishWithinMs;
    for (;;) {
      const startedAt = performance.now();
      const { size, leafCount } = await growTree(this.parts.pool);
      this.stands({ integrated: size });
      if (leafCount > 0) this.parts.onIntegrated?.(leafCount, (performance.now() - startedAt) / 1_000);
      if (leafCount < leavesPerStepMax || performance.now() > publishBy) return;
    }
  }

  /** A ledger that rests costs two reads a step, and no transaction. */
  private owesCheckpoint(): boolean {
    const { integrated, published, refusal } = this.standing;
    return integrated !== published || refusal !== null;
  }

  private async publish(): Promise<void> {
    const { pool } = this.parts;
    const size = await this.published(() => publishCheckpoint({ pool, record: this.record }, this.key));
    // What another instance has published it has integrated, though a step of ours lost against it.
    this.stands({ integrated: Math.max(size, this.standing.integrated) });
    if (size === this.standing.published) return;
    this.stands({ published: size, lastPublishedAt: new Date().toISOString() });
    this.parts.onPublished?.(size);
  }

  /** A key that was handed over while we run lies in the file where ours was. */
  private async published(publish: () => Promise<number>): Promise<number> {
    try {
      return await publish();
    } catch (error) {
      if (!(error instanceof TransparencyError) || error.code !== 'key_not_current') throw error;
      this.key = await loadKey(this.parts.keys, await currentVkey(this.parts.pool));
      this.parts.log.info({ vkey: formatVkey(this.key.verifierKey) }, 'the log goes on with another key');
      return publish();
    }
  }

  /** @returns whether waiting does not mend it */
  private failed(error: unknown): boolean {
    const { message } = error as Error;
    if (error instanceof SigningRefusedError || error instanceof TransparencyError) {
      // Once, and not again with every try: it is an alarm, and stands in the health.
      if (this.standing.refusal?.reason !== message)
        this.parts.log.fatal(
          { err: error, code: error.code },
          'no checkpoint is signed: somebody must look into it',
        );
      this.stands({ refusal: { code: error.code, reason: message }, lastError: message });
      return true;
    }
    if (this.standing.lastError !== message)
      this.parts.log.warn({ err: error }, 'the log could not go on; it tries again');
    this.stands({ lastError: message });
    return false;
  }

  private stands(change: Partial<LogStanding>): void {
    this.standing = { ...this.standing, ...change };
  }
}

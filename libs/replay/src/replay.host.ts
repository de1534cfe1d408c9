import { setTimeout as pause } from 'node:timers/promises';
import { type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { FencedError } from '#feed';
import { failureKind } from '#projection';
import {
  finishPart,
  PartCancelledError,
  type PartLease,
  PartLostError,
  releasePart,
  takePart,
} from './part.lease.ts';
import { type RebuildParts } from './rebuild.ts';
import { replayPart } from './replay.part.ts';
import { registerReplayable } from './replay.request.ts';

export interface ReplayHostParts extends RebuildParts {
  /** How often it is looked whether a replay is asked for; default 1 s. */
  readonly pollMs?: number;
}

/**
 * Replays its schema whenever that is asked for, for as long as the application lives. Any number of processes may host
 * a schema: a part is worked on under a lease, and whoever takes it over goes on where the last one was.
 */
export class ReplayHost implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(private readonly parts: ReplayHostParts) {}

  async onApplicationBootstrap(): Promise<void> {
    await registerReplayable(this.parts.pool, this.parts.replayable.schema);
    this.#running = this.#lookOut();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #lookOut(): Promise<void> {
    const { replayable, pool, log, pollMs = 1_000 } = this.parts;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        const lease = await takePart(pool, replayable.schema);
        if (lease !== null && (await this.#work(lease))) continue;
      } catch (error) {
        log.warn(
          { err: error, schema: replayable.schema },
          'looking for a replay failed; it is looked again',
        );
      }
      await pause(pollMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** @returns false when it shall be left alone for a while */
  async #work(lease: PartLease): Promise<boolean> {
    const { replayable, pool, log } = this.parts;
    const facts = { schema: replayable.schema, replay: lease.runId };
    log.info({ ...facts, from: lease.position, toPosition: lease.toPosition }, 'a replay begins');
    try {
      await replayPart(this.parts, lease, this.#stopping.signal);
      log.info(facts, 'a replay has ended');
      return true;
    } catch (error) {
      if (error instanceof PartLostError || error instanceof FencedError) {
        log.info(facts, 'a replay is with another process now');
        return true;
      }
      if (error instanceof PartCancelledError) {
        await pool.query(`SELECT ${replayable.schema}.drop_rebuild()`);
        await finishPart(pool, lease, { state: 'cancelled' });
        log.info(facts, 'a replay was cancelled');
        return true;
      }
      if (this.#stopping.signal.aborted || failureKind(error) === 'world') {
        log.warn({ ...facts, err: error }, 'a replay was interrupted; it goes on where it was');
        await releasePart(pool, lease);
        return false;
      }
      log.error({ ...facts, err: error }, 'a replay failed');
      await finishPart(pool, lease, { state: 'failed', failure: (error as Error).message });
      return true;
    }
  }
}

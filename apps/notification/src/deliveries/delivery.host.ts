import { type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Gauge, type Registry } from 'prom-client';
import { type Pool } from 'pg';
import { type HealthRegistry, type HealthReport, type Logger } from '#platform';
import { deliveryFigures } from './delivery.figures.ts';
import { type DeliveryWorker } from './delivery.worker.ts';
import { expireMessages, forgetAttempts } from './upkeep.ts';

export interface DeliveryHostParts {
  readonly pool: Pool;
  readonly worker: DeliveryWorker;
  readonly logger: Logger;
  readonly expireEveryMs: number;
  readonly attemptsKeptMs: number;
}

/** Runs the delivery worker and its upkeep for as long as the application lives, and tells their figures. */
export class DeliveryHost implements OnApplicationBootstrap, BeforeApplicationShutdown {
  #upkeep: NodeJS.Timeout | null = null;
  #running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly parts: DeliveryHostParts,
    health: HealthRegistry,
    registry: Registry,
  ) {
    health.add({ name: 'deliveries', check: () => this.#report() });
    registerGauges(parts.pool, registry);
  }

  onApplicationBootstrap(): void {
    this.parts.worker.start();
    this.#upkeep = setInterval(() => {
      this.#running = this.#keepUp();
    }, this.parts.expireEveryMs);
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.#upkeep !== null) clearInterval(this.#upkeep);
    await Promise.all([this.#running, this.parts.worker.stop()]);
  }

  async #keepUp(): Promise<void> {
    const { pool, attemptsKeptMs, logger } = this.parts;
    try {
      const expiredCount = await expireMessages(pool);
      if (expiredCount > 0) logger.warn({ expiredCount }, 'webhook messages died of age');
      await forgetAttempts(pool, attemptsKeptMs);
    } catch (error) {
      logger.warn({ err: error }, 'the upkeep of deliveries failed; it runs again');
    }
  }

  /** A failing endpoint is its owner's trouble: the service stays ready. */
  async #report(): Promise<HealthReport> {
    return { ready: true, ...(await deliveryFigures(this.parts.pool)) };
  }
}

function registerGauges(pool: Pool, registry: Registry): void {
  const oldest = new Gauge({
    name: 'webhook_oldest_pending_age_seconds',
    help: 'Age of the oldest message that waits for its delivery',
    registers: [registry],
  });
  const lanes = new Gauge({
    name: 'webhook_lanes',
    help: 'Endpoints that fail or are disabled',
    labelNames: ['phase'],
    registers: [registry],
  });
  new Gauge({
    name: 'webhook_messages',
    help: 'Messages that wait, are held by a disabled webhook, or are dead',
    labelNames: ['state'],
    registers: [registry],
    // One query fills all three: a scrape runs the collectors of a registry together.
    async collect() {
      const figures = await deliveryFigures(pool);
      this.set({ state: 'pending' }, figures.pendingCount);
      this.set({ state: 'held' }, figures.heldCount);
      this.set({ state: 'dead' }, figures.deadCount);
      oldest.set(figures.oldestPendingAgeMs / 1_000);
      lanes.set({ phase: 'failing' }, figures.failingLaneCount);
      lanes.set({ phase: 'disabled' }, figures.disabledLaneCount);
    },
  });
}

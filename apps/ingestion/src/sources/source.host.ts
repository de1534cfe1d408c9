import { type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Counter, Gauge, type Registry } from 'prom-client';
import { type Pool } from 'pg';
import { type ReadingRoom } from '#harvest';
import { type HealthRegistry, type HealthReport } from '#platform';
import { type SourcePoller } from './source.poller.ts';
import { type TurnOutcome } from './source.turn.ts';

export interface SourceHostParts {
  readonly pool: Pool;
  readonly poller: SourcePoller;
  readonly room: ReadingRoom;
  readonly polling: boolean;
}

/** Polls for as long as the application lives, and tells how it goes. */
export class SourceHost implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    private readonly parts: SourceHostParts,
    health: HealthRegistry,
    registry: Registry,
  ) {
    health.add({ name: 'sources', check: () => this.#report() });
    new Gauge({
      name: 'sources',
      help: 'Sources, and those of them that fail',
      labelNames: ['state'],
      registers: [registry],
      async collect() {
        const { total, failing } = await countSources(parts.pool);
        this.set({ state: 'all' }, total);
        this.set({ state: 'failing' }, failing);
      },
    });
  }

  onApplicationBootstrap(): void {
    if (this.parts.polling) this.parts.poller.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.parts.poller.stop();
    await this.parts.room.close();
  }

  /** A failing source is its publisher's trouble: the service stays ready. */
  async #report(): Promise<HealthReport> {
    return { ready: true, polling: this.parts.polling, ...(await countSources(this.parts.pool)) };
  }
}

/** Counts turns by what came of them. */
export function turnCounter(registry: Registry): (outcome: TurnOutcome | null) => void {
  const turns = new Counter({
    name: 'source_polls_total',
    help: 'Polls of sources by their outcome',
    labelNames: ['outcome'],
    registers: [registry],
  });
  return (outcome) => {
    turns.inc({ outcome: outcome === null ? 'broken_off' : (outcome.feed?.kind ?? 'pages') });
  };
}

async function countSources(pool: Pool): Promise<{ total: number; failing: number }> {
  const { rows } = await pool.query<{ total: string; failing: string }>(
    'SELECT count(*) AS total, count(*) FILTER (WHERE failure_count > 0) AS failing FROM ingestion.source',
  );
  return { total: Number(rows[0]?.total ?? 0), failing: Number(rows[0]?.failing ?? 0) };
}

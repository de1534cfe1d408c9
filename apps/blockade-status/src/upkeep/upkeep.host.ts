import { type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { type Pool } from 'pg';
import { type Ledger } from '#ledger';
import { type Logger } from '#platform';
import { type StatusRules } from '../corridor-status/status-rules.ts';
import { recordLapses } from './lapse.recorder.ts';
import { adoptRules } from './rules.adoption.ts';

export interface UpkeepParts {
  readonly pool: Pool;
  readonly ledger: Ledger;
  readonly rules: StatusRules;
  readonly everyMs: number;
  readonly logger: Logger;
}

/** Looks, for as long as the application lives, whether time or a new release has something to say about corridors. */
export class UpkeepHost implements OnApplicationBootstrap, BeforeApplicationShutdown {
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;

  constructor(private readonly parts: UpkeepParts) {}

  onApplicationBootstrap(): void {
    this.#look();
    this.#timer = setInterval(() => {
      this.#look();
    }, this.parts.everyMs);
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#running;
  }

  #look(): void {
    this.#running ??= this.#keepUp().finally(() => {
      this.#running = null;
    });
  }

  async #keepUp(): Promise<void> {
    const { rules, everyMs, logger } = this.parts;
    try {
      for (const corridor of await adoptRules(this.parts, rules))
        logger.info({ corridor, rule: rules.current.version }, 'rules adopted');
      for (const lapse of await recordLapses(this.parts, everyMs, new Date()))
        logger.info(lapse, 'freshness lapsed');
    } catch (error) {
      logger.warn({ err: error }, 'the upkeep of corridors failed; it runs again');
    }
  }
}

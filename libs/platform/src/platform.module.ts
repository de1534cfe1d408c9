import { Global, Module, type DynamicModule } from '@nestjs/common';
import { collectDefaultMetrics, Registry, type Counter } from 'prom-client';
import { type Cursors } from './http/page.ts';
import { type Logger } from './logger.ts';
import { HealthRegistry } from './operations/health.ts';
import { OperationsController } from './operations/operations.controller.ts';

export const LOGGER = Symbol('logger');
export const CURSORS = Symbol('cursors');

export interface PlatformParts {
  readonly logger: Logger;
  readonly cursors: Cursors;
  /** Of parts that are older than the application. */
  readonly counters: readonly Counter[];
}

/** What every service has: a logger, health, metrics, signed cursors. One per process. */
@Global()
@Module({})
export class PlatformModule {
  static with({ logger, cursors, counters }: PlatformParts): DynamicModule {
    const registry = new Registry();
    collectDefaultMetrics({ register: registry });
    counters.forEach((counter) => {
      registry.registerMetric(counter);
    });
    const providers = [
      HealthRegistry,
      { provide: Registry, useValue: registry },
      { provide: LOGGER, useValue: logger },
      { provide: CURSORS, useValue: cursors },
    ];
    return { module: PlatformModule, controllers: [OperationsController], providers, exports: providers };
  }
}

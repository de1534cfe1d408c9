import { Module, type DynamicModule } from '@nestjs/common';
import { type Pool } from 'pg';
import { Registry as MetricsRegistry } from 'prom-client';
import { type Feed } from '#feed';
import { type Ledger } from '#ledger';
import { HealthRegistry, LOGGER, type Logger } from '#platform';
import { ProjectionHost } from '#service';
import { LEDGER, STATUS_POOL } from './blockade-status.tokens.ts';
import { CorridorClaimsHandler } from './claims/claims.query.ts';
import { corridorStatusProjector } from './corridor-status/corridor-status.projector.ts';
import { CorridorStatusOnHandler } from './corridor-status/status.query.ts';
import { CorridorTimelineHandler } from './corridor-status/timeline.query.ts';
import { CorridorsController } from './corridors/corridors.controller.ts';
import { CorridorByIdHandler, CorridorListHandler } from './corridors/corridors.query.ts';
import { StatusChangesHandler } from './status-changes/status-changes.query.ts';

export interface BlockadeStatusParts {
  readonly pool: Pool;
  readonly ledger: Ledger;
  readonly feed: Feed;
}

/** Claims become the status of corridors here; readers ask for it here. */
@Module({})
export class BlockadeStatusModule {
  static with({ pool, ledger, feed }: BlockadeStatusParts): DynamicModule {
    return {
      module: BlockadeStatusModule,
      controllers: [CorridorsController],
      providers: [
        { provide: STATUS_POOL, useValue: pool },
        { provide: LEDGER, useValue: ledger },
        {
          provide: ProjectionHost,
          inject: [HealthRegistry, MetricsRegistry, LOGGER],
          useFactory: (health: HealthRegistry, metrics: MetricsRegistry, log: Logger) => {
            const projector = corridorStatusProjector(ledger, log);
            return new ProjectionHost(
              { projector, feed, pool, ledger, schema: 'blockade_status' },
              log,
              health,
              metrics,
            );
          },
        },
        CorridorByIdHandler,
        CorridorClaimsHandler,
        CorridorListHandler,
        CorridorStatusOnHandler,
        CorridorTimelineHandler,
        StatusChangesHandler,
      ],
    };
  }
}

import { Module, type DynamicModule } from '@nestjs/common';
import { type Pool } from 'pg';
import { type Feed } from '#feed';
import { type Ledger } from '#ledger';
import { LOGGER, type Logger } from '#platform';
import { ReplayHost } from '#replay';
import { ProjectionHost, ProjectionHosts } from '#service';
import { ReplaysController } from './audit/replays.controller.ts';
import { LEDGER, STATUS_POOL, STATUS_RULES } from './blockade-status.tokens.ts';
import { CorridorClaimsController } from './claims/claims.controller.ts';
import { CorridorClaimsHandler } from './claims/claims.query.ts';
import { corridorStatusProjector } from './corridor-status/corridor-status.projector.ts';
import { decisionsInLedger } from './corridor-status/decision.recorder.ts';
import { shippedRules, type StatusRules } from './corridor-status/status-rules.ts';
import { CorridorStatusOnHandler } from './corridor-status/status.query.ts';
import { CorridorTimelineHandler } from './corridor-status/timeline.query.ts';
import { ExpectationsController } from './expectations/expectations.controller.ts';
import { CorridorExpectationsHandler } from './expectations/expectations.query.ts';
import { IncidentsController } from './incidents/incidents.controller.ts';
import { CorridorImpactsHandler, CorridorIncidentsHandler } from './incidents/incidents.query.ts';
import { CorridorsController } from './corridors/corridors.controller.ts';
import { CorridorByIdHandler, CorridorListHandler } from './corridors/corridors.query.ts';
import { PositionsController } from './positions/positions.controller.ts';
import { CorridorPositionsHandler } from './positions/positions.query.ts';
import { replayableStatus } from './replay/replayable-status.ts';
import { ReviewQueueController } from './review-queue/review-queue.controller.ts';
import { ReviewQueueHandler } from './review-queue/review-queue.query.ts';
import { StatusChangesHandler } from './status-changes/status-changes.query.ts';
import { SummaryController } from './summary/summary.controller.ts';
import { CorridorSummaryHandler } from './summary/summary.query.ts';
import { UpkeepHost } from './upkeep/upkeep.host.ts';

export interface BlockadeStatusParts {
  readonly pool: Pool;
  readonly ledger: Ledger;
  readonly feed: Feed;
  /** Those of this release where none are given. */
  readonly rules?: StatusRules;
  /** How often it is looked whether a status has lapsed; a corridor must have been quiet for as long. */
  readonly upkeepEveryMs: number;
}

/** Claims become the status of corridors here; readers ask for it here. */
@Module({})
export class BlockadeStatusModule {
  static with({
    pool,
    ledger,
    feed,
    rules = shippedRules,
    upkeepEveryMs,
  }: BlockadeStatusParts): DynamicModule {
    return {
      module: BlockadeStatusModule,
      controllers: [
        CorridorsController,
        CorridorClaimsController,
        IncidentsController,
        ExpectationsController,
        PositionsController,
        SummaryController,
        ReviewQueueController,
        ReplaysController,
      ],
      providers: [
        { provide: STATUS_POOL, useValue: pool },
        { provide: LEDGER, useValue: ledger },
        { provide: STATUS_RULES, useValue: rules },
        {
          provide: ProjectionHost,
          inject: [ProjectionHosts, LOGGER],
          useFactory: (hosts: ProjectionHosts, log: Logger) =>
            hosts.add({
              projector: corridorStatusProjector(decisionsInLedger(ledger, log), rules),
              feed,
              pool,
              ledger,
              schema: 'blockade_status',
            }),
        },
        {
          provide: ReplayHost,
          inject: [LOGGER],
          useFactory: (log: Logger) =>
            new ReplayHost({ replayable: replayableStatus(rules), pool, ledger, log }),
        },
        {
          provide: UpkeepHost,
          inject: [LOGGER],
          useFactory: (logger: Logger) =>
            new UpkeepHost({ pool, ledger, rules, everyMs: upkeepEveryMs, logger }),
        },
        CorridorByIdHandler,
        CorridorClaimsHandler,
        CorridorExpectationsHandler,
        CorridorImpactsHandler,
        CorridorIncidentsHandler,
        CorridorListHandler,
        CorridorPositionsHandler,
        CorridorStatusOnHandler,
        CorridorSummaryHandler,
        CorridorTimelineHandler,
        ReviewQueueHandler,
        StatusChangesHandler,
      ],
    };
  }
}

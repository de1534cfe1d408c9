import {
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { type Pool } from 'pg';
import { Registry as MetricsRegistry } from 'prom-client';
import { type Feed, type RelayParts } from '#feed';
import { type ErasingLedger, type Ledger } from '#ledger';
import { HealthRegistry, LOGGER, type Logger } from '#platform';
import { ReplayHost } from '#replay';
import { ProjectionHost, ProjectionHosts, RelayHost } from '#service';
import { AssessStatusHandler } from './assessments/assess-status.command.ts';
import { AssessmentsController } from './assessments/assessments.controller.ts';
import { assessmentsProjector } from './assessments/assessments.projector.ts';
import { AssessmentByIdHandler, AssessmentListHandler } from './assessments/assessments.query.ts';
import { WithdrawAssessmentHandler } from './assessments/withdraw-assessment.command.ts';
import { AddClaimHandler } from './claims/add-claim.command.ts';
import { ClaimListHandler } from './claims/claim-list.query.ts';
import { ClaimByIdHandler } from './claims/claim.query.ts';
import { ClaimsController } from './claims/claims.controller.ts';
import { claimsProjector } from './claims/claims.projector.ts';
import { ReadStatementHandler } from './claims/read-statement.command.ts';
import { ReviewClaimHandler } from './claims/review-claim.command.ts';
import { registerCorridors } from './corridors/corridors-file.ts';
import { CorridorsController } from './corridors/corridors.controller.ts';
import { DefineCorridorHandler } from './corridors/define-corridor.command.ts';
import { type Coders } from './ingestion.coders.ts';
import {
  ASSESSMENTS_PROJECTION,
  CLAIMS_PROJECTION,
  CODERS,
  CORRIDORS_FILE,
  INGESTION_POOL,
  LEDGER,
  REDACTIONS_PROJECTION,
} from './ingestion.tokens.ts';
import { IntakeDesk } from './intake/intake-desk.ts';
import { IntakeRecorder } from './intake/intake-recorder.ts';
import { KeysController } from './keys/keys.controller.ts';
import { GradePublisherHandler } from './publishers/grade-publisher.command.ts';
import { PublishersController } from './publishers/publishers.controller.ts';
import { PublisherByNameHandler, PublisherListHandler } from './publishers/publishers.query.ts';
import { RedactStatementHandler } from './redactions/redact-statement.command.ts';
import { redactionsProjector } from './redactions/redactions.projector.ts';
import { TextEraser } from './redactions/text-eraser.ts';
import { Registry } from './registry.ts';
import { replayableIntake } from './replay/replayable-intake.ts';
import { type SourceOptions } from './sources/source.config.ts';
import { sourceProviders } from './sources/source.providers.ts';
import { SourcesController } from './sources/sources.controller.ts';
import { CustodyOfStatementHandler } from './statements/custody.query.ts';
import { ReceiveStatementHandler } from './statements/receive-statement.command.ts';
import { RetractStatementHandler } from './statements/retract-statement.command.ts';
import { StatementListHandler } from './statements/statement-list.query.ts';
import { StatementByIdHandler } from './statements/statement.query.ts';
import { StatementsController } from './statements/statements.controller.ts';
import { statementsProjector } from './statements/statements.projector.ts';

export interface IngestionParts {
  readonly pool: Pool;
  readonly ledger: ErasingLedger;
  readonly feed: Feed;
  /** Carries the ledger to Kafka; null where the feed reads the ledger itself. */
  readonly relay: RelayParts | null;
  /** Corridors to register at start; the product's own when null. */
  readonly corridorsFile: string | null;
  readonly coders: Coders;
  readonly sources: SourceOptions;
}

/** Statements, corridors and publishers come in here, and become events in the ledger. */
@Module({})
export class IngestionModule implements OnApplicationBootstrap, OnApplicationShutdown {
  static with({ pool, ledger, feed, relay, corridorsFile, coders, sources }: IngestionParts): DynamicModule {
    return {
      module: IngestionModule,
      controllers: [
        AssessmentsController,
        ClaimsController,
        CorridorsController,
        PublishersController,
        SourcesController,
        StatementsController,
        KeysController,
      ],
      providers: [
        { provide: INGESTION_POOL, useValue: pool },
        { provide: LEDGER, useValue: ledger },
        { provide: CODERS, useValue: coders },
        { provide: CORRIDORS_FILE, useValue: corridorsFile },
        { provide: Registry, useValue: new Registry(ledger) },
        {
          provide: IntakeDesk,
          inject: [LOGGER, HealthRegistry],
          useFactory: (logger: Logger, health: HealthRegistry) => {
            const desk = new IntakeDesk(new IntakeRecorder(pool, ledger, logger), logger);
            health.add({ name: 'intake', check: () => desk.health() });
            return desk;
          },
        },
        { provide: TextEraser, useValue: new TextEraser(pool, ledger) },
        {
          provide: REDACTIONS_PROJECTION,
          inject: [ProjectionHosts, TextEraser],
          useFactory: (hosts: ProjectionHosts, eraser: TextEraser) =>
            hosts.add({ projector: redactionsProjector(eraser), feed, pool, ledger, schema: 'ingestion' }),
        },
        {
          provide: ProjectionHost,
          inject: [ProjectionHosts],
          useFactory: (hosts: ProjectionHosts) =>
            hosts.add({ projector: statementsProjector, feed, pool, ledger, schema: 'ingestion' }),
        },
        {
          provide: CLAIMS_PROJECTION,
          inject: [ProjectionHosts],
          useFactory: (hosts: ProjectionHosts) =>
            hosts.add({ projector: claimsProjector, feed, pool, ledger, schema: 'ingestion' }),
        },
        {
          provide: ASSESSMENTS_PROJECTION,
          inject: [ProjectionHosts],
          useFactory: (hosts: ProjectionHosts) =>
            hosts.add({ projector: assessmentsProjector, feed, pool, ledger, schema: 'ingestion' }),
        },
        {
          provide: ReplayHost,
          inject: [LOGGER],
          useFactory: (log: Logger) => new ReplayHost({ replayable: replayableIntake, pool, ledger, log }),
        },
        ...(relay === null
          ? []
          : [
              {
                provide: RelayHost,
                inject: [HealthRegistry, MetricsRegistry],
                useFactory: (health: HealthRegistry, metrics: MetricsRegistry) =>
                  new RelayHost(relay, health, metrics),
              },
            ]),
        AddClaimHandler,
        AssessmentByIdHandler,
        AssessmentListHandler,
        AssessStatusHandler,
        ClaimByIdHandler,
        ClaimListHandler,
        ...sourceProviders({ pool, ledger, feed, options: sources }),
        CustodyOfStatementHandler,
        DefineCorridorHandler,
        GradePublisherHandler,
        PublisherByNameHandler,
        PublisherListHandler,
        ReadStatementHandler,
        ReceiveStatementHandler,
        RedactStatementHandler,
        RetractStatementHandler,
        ReviewClaimHandler,
        StatementByIdHandler,
        StatementListHandler,
        WithdrawAssessmentHandler,
      ],
    };
  }

  constructor(
    @Inject(LEDGER) private readonly ledger: Ledger,
    @Inject(CORRIDORS_FILE) private readonly corridorsFile: string | null,
    @Inject(IntakeDesk) private readonly desk: IntakeDesk,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await registerCorridors(this.ledger, this.corridorsFile);
    // Not awaited: an index that is far behind takes minutes, and meanwhile everything else works.
    void this.desk.open();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.desk.drained();
  }
}

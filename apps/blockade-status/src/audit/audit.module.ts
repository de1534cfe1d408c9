import { Module, type DynamicModule } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { type FastifyInstance } from 'fastify';
import { type Pool } from 'pg';
import { Registry } from 'prom-client';
import { type PostgresLedger } from '#ledger';
import { HealthRegistry, LOGGER, type Logger } from '#platform';
import { AuditReads, BundleExport, LogReader } from '#transparency';
import { type AuditOptions } from './audit.config.ts';
import { AuditEventsController } from './events.controller.ts';
import { AuditEventHandler, AuditEventsHandler } from './events.queries.ts';
import { AuditExportHandler } from './export.query.ts';
import { LogController } from './log.controller.ts';
import { LogHost } from './log.host.ts';
import { logQueryHandlers } from './log.queries.ts';
import { AuditReadsController, AuditReadsPageHandler } from './reads.controller.ts';
import { ReadsHost } from './reads.host.ts';

export interface AuditParts {
  readonly pool: Pool;
  readonly ledger: Pick<PostgresLedger, 'onAppended'>;
  readonly options: AuditOptions;
}

/** The transparency log over the ledger, and the routes by which it is checked. */
@Module({})
export class AuditModule {
  static with({ pool, ledger, options }: AuditParts): DynamicModule {
    const reader = new LogReader(pool, options.witnesses);
    return {
      module: AuditModule,
      controllers: [LogController, AuditEventsController, AuditReadsController],
      providers: [
        { provide: LogReader, useValue: reader },
        { provide: BundleExport, useValue: new BundleExport(reader) },
        {
          provide: LogHost,
          inject: [LOGGER, HealthRegistry, Registry],
          useFactory: (logger: Logger, health: HealthRegistry, registry: Registry) =>
            new LogHost({ pool, ledger, options, logger }, health, registry),
        },
        {
          provide: ReadsHost,
          inject: [HttpAdapterHost, LOGGER, Registry],
          useFactory: (adapter: HttpAdapterHost, logger: Logger, registry: Registry) => {
            const fastify = adapter.httpAdapter.getInstance<FastifyInstance>();
            const reads = new AuditReads({ pool, keptDays: options.readsKeptDays, log: logger });
            return new ReadsHost(fastify, reads, logger, registry);
          },
        },
        ...logQueryHandlers,
        AuditEventHandler,
        AuditEventsHandler,
        AuditExportHandler,
        AuditReadsPageHandler,
      ],
    };
  }
}

import { listen, runService } from '#platform';
import { createService, layFoundation } from '#service';
import { auditOptions } from './audit/audit.config.ts';
import { AuditModule } from './audit/audit.module.ts';
import { auditRefusals } from './audit/audit.refusals.ts';
import { blockadeStatusSettings } from './blockade-status.config.ts';
import { blockadeStatusMigrations, blockadeStatusRole } from './blockade-status.migrations.ts';
import { BlockadeStatusModule } from './blockade-status.module.ts';
import { blockadeStatusRefusals } from './corridors/corridor.refusals.ts';

await runService(async () => {
  const settings = blockadeStatusSettings();
  const { logger, pool, ledger, feed, feedCounter, release } = await layFoundation({
    service: 'blockade-status',
    role: blockadeStatusRole,
    migrations: blockadeStatusMigrations,
    settings,
  });
  const app = await createService({
    logger,
    pool,
    publicRead: settings.PUBLIC_READ,
    counters: [feedCounter.counter],
    modules: [
      BlockadeStatusModule.with({
        pool,
        ledger,
        feed,
        upkeepEveryMs: settings.FRESHNESS_CHECK_SECONDS * 1_000,
      }),
      AuditModule.with({ pool, ledger, options: auditOptions(settings) }),
    ],
    refusals: { ...blockadeStatusRefusals, ...auditRefusals },
  });
  await listen(app, settings.PORT);
  logger.info({ port: settings.PORT }, 'listening');
  return { service: { app, release }, logger };
});

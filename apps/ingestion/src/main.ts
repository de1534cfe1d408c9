import { randomUUID } from 'node:crypto';
import { openKafkaPublisher } from '#feed';
import { listen, runService } from '#platform';
import { createService, layFoundation } from '#service';
import { readCoders } from './ingestion.coders.ts';
import { ingestionSettings } from './ingestion.config.ts';
import { ingestionMigrations } from './ingestion.migrations.ts';
import { IngestionModule } from './ingestion.module.ts';
import { ingestionRefusals } from './ingestion.refusals.ts';
import { ingestionRole } from './ingestion.role.ts';
import { sourceOptions } from './sources/source.config.ts';

await runService(async () => {
  const settings = ingestionSettings();
  const coders = await readCoders(settings.CODING_DATA_FILE);
  const { logger, pool, ledger, feed, kafka, feedCounter, release } = await layFoundation({
    service: 'ingestion',
    role: ingestionRole,
    migrations: ingestionMigrations,
    settings,
  });
  const publisher = openKafkaPublisher({ ...kafka, pool, log: logger });
  const relay = {
    ledger,
    pool,
    publisher,
    holder: randomUUID(),
    log: logger,
    hint: ledger,
    count: feedCounter.count,
  };
  const app = await createService({
    logger,
    pool,
    publicRead: settings.PUBLIC_READ,
    trustedProxies: settings.TRUSTED_PROXIES,
    counters: [feedCounter.counter],
    modules: [
      IngestionModule.with({
        pool,
        ledger,
        feed,
        relay,
        corridorsFile: settings.CORRIDORS_FILE ?? null,
        coders,
        sources: sourceOptions(settings),
      }),
    ],
    refusals: ingestionRefusals,
  });
  await listen(app, settings.PORT);
  logger.info({ port: settings.PORT }, 'listening');
  return { service: { app, release }, logger };
});

import { sharedSecret } from '#access';
import { listen, runService } from '#platform';
import { createService, layFoundation } from '#service';
import { notificationSettings } from './notification.config.ts';
import { notificationMigrations, notificationRole } from './notification.migrations.ts';
import { NotificationModule } from './notification.module.ts';
import { notificationOptions } from './notification.options.ts';
import { notificationRefusals } from './notification.refusals.ts';

await runService(async () => {
  const settings = notificationSettings();
  const foundation = await layFoundation({
    service: 'notification',
    role: notificationRole,
    migrations: notificationMigrations,
    settings,
  });
  const { logger, pool, ledger, feed, feedCounter } = foundation;
  const secretKey = settings.WEBHOOK_SECRET_KEY ?? (await sharedSecret(pool, 'webhook secrets'));
  const options = notificationOptions(settings, 'http://localhost:3000');
  const app = await createService({
    logger,
    pool,
    publicRead: settings.PUBLIC_READ,
    counters: [feedCounter.counter],
    modules: [NotificationModule.with({ pool, ledger, feed, secretKey, options })],
    refusals: notificationRefusals,
  });
  await listen(app, settings.PORT);
  logger.info({ port: settings.PORT }, 'listening');
  return { service: { app, release: () => foundation.release() }, logger };
});

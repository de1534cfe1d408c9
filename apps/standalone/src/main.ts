import { createLogger, crash, listen, runService, stopService } from '#platform';
import { openDatabase } from './database.ts';
import { demandFreePort } from './free-port.ts';
import { startStandalone, type Standalone } from './standalone.ts';
import { standaloneSettings } from './standalone.config.ts';
import { welcomeText } from './welcome.ts';

await runService(async () => {
  const settings = standaloneSettings();
  const logger = createLogger('standalone', settings.LOG_LEVEL);
  await demandFreePort(settings.PORT, settings.HOST);
  const database = await openDatabase(settings);
  let standalone: Standalone | null = null;
  try {
    standalone = await startStandalone(database, settings, logger);
    const { app, release, createAdminKey } = standalone;
    await listen(app, settings.PORT, settings.HOST);
    let stopping = false;
    void database.ended.then(() => {
      if (!stopping) crash(logger, new Error('The embedded Postgres has ended'));
    });
    const newAdminKey = await createAdminKey();
    const origin = `http://localhost:${settings.PORT}`;
    // From the start of the process, as a person at the terminal counts it.
    const startedInMs = performance.now();
    process.stdout.write(welcomeText({ origin, newAdminKey, dataDir: database.dataDir, startedInMs }));
    const stop = async () => {
      stopping = true;
      await release();
      await database.stop();
    };
    return { service: { app, release: stop }, logger };
  } catch (error) {
    if (standalone !== null) await stopService(standalone);
    await database.stop();
    throw error;
  }
});

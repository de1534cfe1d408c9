import { createLogger } from '#platform';
import { createGateway } from './gateway.ts';
import { gatewaySettings } from './gateway.config.ts';

try {
  const settings = gatewaySettings();
  const logger = createLogger('gateway', settings.LOG_LEVEL);
  const gateway = await createGateway(settings);
  const stop = () => void gateway.close().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  await gateway.listen({ port: settings.PORT, host: '0.0.0.0' });
  logger.info({ port: settings.PORT }, 'listening');
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

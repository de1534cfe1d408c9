import { type AddressInfo, createServer } from 'node:net';
import { EmbeddedPostgresError } from './embedded-postgres.error.ts';

/** A free port of 127.0.0.1, or the wanted one when nobody listens there. */
export function loopbackPort(wanted: number | undefined): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (cause) => {
      reject(
        new EmbeddedPostgresError(
          'postgres_port_taken',
          `Port ${wanted ?? 0} of 127.0.0.1 cannot be used for Postgres: ${cause.message}`,
          { cause },
        ),
      );
    });
    probe.listen(wanted ?? 0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => {
        resolve(port);
      });
    });
  });
}

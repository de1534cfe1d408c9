import { createServer } from 'node:net';

/**
 * Asks for the port before anything is started: finding it taken after a database has come up costs seconds.
 * @throws Error of one sentence naming PORT
 */
export async function demandFreePort(port: number, host: string): Promise<void> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ port, host, exclusive: true }, resolve);
    });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'EADDRINUSE' ? 'is taken' : `cannot be listened on (${code ?? 'unknown reason'})`;
    throw new Error(`Port ${port} on ${host} ${why}; choose another with PORT.`, { cause: error });
  } finally {
    await new Promise((resolve) => {
      server.close(resolve);
    });
  }
}

import { setTimeout as pause } from 'node:timers/promises';
import { type Pool, type PoolClient } from 'pg';
import { wakeUpChannel } from './fan-out.ts';

const reconnectMs = 1_000;

/**
 * Calls back when a transaction that added work has committed. A hint only: what is missed while the connection is
 * away, the poll finds.
 */
export function listenForWakeUps(pool: Pool, onWakeUp: () => void): { close(): Promise<void> } {
  const closing = new AbortController();
  const listening = listenUntilClosed(pool, onWakeUp, closing.signal);
  return {
    close: async () => {
      closing.abort();
      await listening;
    },
  };
}

async function listenUntilClosed(pool: Pool, onWakeUp: () => void, closing: AbortSignal): Promise<void> {
  while (!closing.aborted) {
    try {
      await listenOnce(await pool.connect(), onWakeUp, closing);
    } catch {
      await pause(reconnectMs, undefined, { signal: closing }).catch(() => undefined);
    }
  }
}

/** Resolves when told to close, rejects when the connection breaks. */
async function listenOnce(client: PoolClient, onWakeUp: () => void, closing: AbortSignal): Promise<void> {
  const broken = new Promise<never>((_resolve, reject) => {
    // Not `once`: a second error without a listener would end the process.
    client.on('error', reject);
    client.once('end', () => {
      reject(new Error('The connection ended'));
    });
  });
  const closed = new Promise<void>((resolve) => {
    if (closing.aborted) resolve();
    closing.addEventListener('abort', () => {
      resolve();
    });
  });
  client.on('notification', onWakeUp);
  try {
    await Promise.race([client.query(`LISTEN ${wakeUpChannel}`), broken]);
    onWakeUp();
    await Promise.race([closed, broken]);
  } finally {
    client.off('notification', onWakeUp);
    // Destroyed, not returned: another user of the connection must not hear our channel.
    client.release(true);
  }
}

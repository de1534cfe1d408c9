import { type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Waits until the broker answers a request, which it does only once it may serve. */
export async function untilBrokerAnswers(
  port: number,
  { readyMs, running, logFile }: { readyMs: number; running: ChildProcess; logFile: string },
): Promise<void> {
  const deadline = Date.now() + readyMs;
  while (!(await answersMetadata(port))) {
    if (running.exitCode !== null || Date.now() > deadline) {
      const what =
        running.exitCode === null ? `did not answer in ${readyMs} ms` : `ended with ${running.exitCode}`;
      running.kill('SIGKILL');
      throw new Error(`The Kafka test broker ${what}; its last lines: ${await tailOf(logFile)}`);
    }
    await pause(100);
  }
}

// Metadata v1 for no topic: size, api key 3, version 1, correlation id, client id, an empty list of topics.
const metadataRequest = Buffer.concat([
  Buffer.from([0, 0, 0, 19, 0, 3, 0, 1, 0, 0, 0, 7, 0, 5]),
  Buffer.from('probe'),
  Buffer.from([0, 0, 0, 0]),
]);

/** True when the answer lists a broker: before that, nothing can be created or joined. */
async function answersMetadata(port: number): Promise<boolean> {
  const socket = connect({ port, host: '127.0.0.1' });
  try {
    const signal = AbortSignal.timeout(2_000);
    await once(socket, 'connect', { signal });
    socket.write(metadataRequest);
    const [answer] = (await once(socket, 'data', { signal })) as [Buffer];
    return answer.length > 12 && answer.readInt32BE(8) > 0;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function tailOf(logFile: string): Promise<string> {
  return (await readFile(logFile, 'utf8').catch(() => '')).split('\n').slice(-15).join('\n');
}

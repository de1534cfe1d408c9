import { createRequire } from 'node:module';
import { mendIdleTimer } from './idle-timer.mend.ts';

interface Queue {
  pending: unknown[];
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  throttledUntil: number;
  checkPendingRequests(): void;
  destroy(): void;
}

const RequestQueue = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as new (
  options: object,
) => Queue;

const newQueue = (): Queue => new RequestQueue({ requestTimeout: 1_000, logger: { debug: () => undefined } });

describe('the mended request queue of kafkajs', () => {
  beforeAll(mendIdleTimer);

  it('arms no timer while nothing is pending', () => {
    const queue = newQueue();
    queue.checkPendingRequests();
    expect(queue.throttleCheckTimeoutId).toBeNull();
  });

  it('still looks again at what is pending', () => {
    const queue = newQueue();
    queue.throttledUntil = Date.now() + 60_000;
    queue.pending.push({});
    queue.checkPendingRequests();
    expect(queue.throttleCheckTimeoutId).not.toBeNull();
    queue.destroy();
  });
});

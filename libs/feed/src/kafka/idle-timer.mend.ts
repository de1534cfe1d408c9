import { createRequire } from 'node:module';

interface RequestQueue {
  readonly pending: readonly unknown[];
}

interface RequestQueuePrototype {
  scheduleCheckPendingRequests: (this: RequestQueue) => void;
  mendedIdleTimer?: boolean;
}

/**
 * kafkajs 2.2.4 arms a timer of 1 ms whenever it looks at its queue of pending requests, also when the queue is empty,
 * and looks again when it fires: about 6 % of a core for every idle connection (tulios/kafkajs#1751). Without
 * anything pending there is nothing to look at; whatever becomes pending arms the timer itself.
 */
export function mendIdleTimer(): void {
  const { prototype } = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as {
    prototype: RequestQueuePrototype;
  };
  if (prototype.mendedIdleTimer === true) return;
  const { scheduleCheckPendingRequests } = prototype;
  if (typeof scheduleCheckPendingRequests !== 'function')
    throw new Error('kafkajs is not the version whose idle timer is mended here (2.2.4)');
  prototype.scheduleCheckPendingRequests = function (): void {
    if (this.pending.length > 0) scheduleCheckPendingRequests.call(this);
  };
  prototype.mendedIdleTimer = true;
}

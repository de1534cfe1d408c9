import { type Consumer } from 'kafkajs';

export interface ConsumerEnd {
  /** Resolves when the signal is given; rejects when the consumer crashes or falls silent. */
  readonly ended: Promise<void>;
  /** Nobody waits any more. */
  dispose(): void;
}

/** Watches for the end of a consumer; `silentMs` tells how long it has given no sign of life. */
export function watchForEnd(
  consumer: Consumer,
  signal: AbortSignal,
  { silentMs, silentMsMax }: { silentMs: () => number; silentMsMax: number },
): ConsumerEnd {
  const { promise: ended, resolve, reject } = Promise.withResolvers<undefined>();
  // It may end when nobody waits for it, because the start has failed already.
  ended.catch(() => undefined);
  const stop = (): void => {
    resolve(undefined);
  };
  const removeListener = consumer.on('consumer.crash', ({ payload }) => {
    reject(payload.error);
  });
  const timer = setInterval(() => {
    if (silentMs() > silentMsMax)
      reject(new Error(`The consumer has given no sign of life for ${silentMsMax} ms`));
  }, silentMsMax / 4);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  return {
    ended,
    dispose: () => {
      clearInterval(timer);
      signal.removeEventListener('abort', stop);
      removeListener();
    },
  };
}

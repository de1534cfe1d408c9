import { type RecordedEvent } from '#events';
import type { Ledger } from '#ledger';
import { recordedEvent } from './corridor-events.ts';

/** A ledger in memory, of which a test may append and refuse reading. */
export class RememberedLedger implements Pick<Ledger, 'read' | 'head'> {
  readonly events: RecordedEvent[] = [];
  /** Positions whose events can no longer be read. */
  readonly erased = new Set<number>();
  failure: Error | null = null;

  constructor(keys: readonly string[] = []) {
    for (const key of keys) this.add(key);
  }

  add(key: string): RecordedEvent {
    const event = recordedEvent(this.events.length + 1, key);
    this.events.push(event);
    return event;
  }

  read({
    after,
    through = Infinity,
    limit,
  }: Parameters<Ledger['read']>[0]): Promise<readonly RecordedEvent[]> {
    if (this.failure !== null) return Promise.reject(this.failure);
    const following = this.events.filter(({ position }) => position > after && position <= through);
    return Promise.resolve(following.filter(({ position }) => !this.erased.has(position)).slice(0, limit));
  }

  head(): ReturnType<Ledger['head']> {
    return Promise.resolve({
      position: this.events.length,
      recordedAt: this.events.at(-1)?.recordedAt ?? null,
    });
  }
}

import { type AppendHint, PollPace } from './poll-pace.ts';

class Bell implements AppendHint {
  readonly listeners = new Set<() => void>();

  onAppended(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  ring(): void {
    for (const listener of this.listeners) listener();
  }
}

/** Rests until the pace has reached its longest pause; the sum of the shorter ones is below 2 s. */
async function restUntilSlow(pace: PollPace, longestMs: number): Promise<number> {
  for (;;) {
    const before = performance.now();
    await pace.rest();
    const restedMs = performance.now() - before;
    if (restedMs >= longestMs - 5) return restedMs;
  }
}

describe('the pace of polling', () => {
  it('slows down to 250 ms while nothing comes', async () => {
    const pace = new PollPace(null, new AbortController().signal);
    expect(await restUntilSlow(pace, 250)).toBeLessThan(400);
  });

  it('is quick again after work', async () => {
    const pace = new PollPace(null, new AbortController().signal);
    await restUntilSlow(pace, 160);
    pace.foundWork();
    const before = performance.now();
    await pace.rest();
    expect(performance.now() - before).toBeLessThan(100);
  });

  it('cuts its rest short when a hint comes', async () => {
    const bell = new Bell();
    const pace = new PollPace(bell, new AbortController().signal);
    await restUntilSlow(pace, 160);
    const before = performance.now();
    const rested = pace.rest();
    bell.ring();
    await rested;
    expect(performance.now() - before).toBeLessThan(100);
  });

  it('does not rest when the hint came while it worked', async () => {
    const bell = new Bell();
    const pace = new PollPace(bell, new AbortController().signal);
    await restUntilSlow(pace, 160);
    bell.ring();
    const before = performance.now();
    await pace.rest();
    expect(performance.now() - before).toBeLessThan(100);
  });

  it('ends its rest and its listening with the signal', async () => {
    const bell = new Bell();
    const ending = new AbortController();
    const pace = new PollPace(bell, ending.signal);
    const rested = pace.rest();
    ending.abort();
    await rested;
    expect(bell.listeners.size).toBe(0);
  });
});

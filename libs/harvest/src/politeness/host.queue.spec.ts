import { HostQueue } from './host.queue.ts';

const never = new AbortController().signal;

describe('the queue of a host', () => {
  it('lets one in at a time, in the order of asking', async () => {
    const queue = new HostQueue();
    const order: string[] = [];
    const visit = async (name: string): Promise<void> => {
      const leave = await queue.enter('a.example', 0, never);
      order.push(`${name} in`);
      await new Promise((resolve) => setImmediate(resolve));
      order.push(`${name} out`);
      leave();
    };
    await Promise.all([visit('one'), visit('two'), visit('three')]);
    expect(order).toEqual(['one in', 'one out', 'two in', 'two out', 'three in', 'three out']);
  });

  it('keeps a pause between two', async () => {
    const queue = new HostQueue();
    (await queue.enter('a.example', 60, never))();
    const leftAt = performance.now();
    (await queue.enter('a.example', 60, never))();
    expect(performance.now() - leftAt).toBeGreaterThan(50);
  });

  it('lets nobody wait for another host', async () => {
    const queue = new HostQueue();
    await queue.enter('a.example', 60_000, never);
    const leave = await queue.enter('b.example', 60_000, never);
    leave();
    expect(leave).toBeInstanceOf(Function);
  });

  it('goes on when one who waited gave up', async () => {
    const queue = new HostQueue();
    const leave = await queue.enter('a.example', 0, never);
    const stop = new AbortController();
    const givingUp = queue.enter('a.example', 0, stop.signal);
    const patient = queue.enter('a.example', 0, never);
    stop.abort(new Error('no time'));
    await expect(givingUp).rejects.toThrow('no time');
    leave();
    (await patient)();
  });
});

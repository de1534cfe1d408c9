import { Coalescer } from './coalescer.ts';

/** Runs batches only when told to. */
function stepwise(itemCountMax = 10) {
  const batches: { items: readonly number[]; finish: (error?: Error) => void }[] = [];
  const coalescer = new Coalescer<number, number>(
    (items) =>
      new Promise((resolve, reject) => {
        const finish = (error?: Error): void => {
          if (error) reject(error);
          else resolve(items.map((item) => item * 10));
        };
        batches.push({ items, finish });
      }),
    itemCountMax,
  );
  return { coalescer, batches };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the coalescer', () => {
  it('runs a lone call at once and gathers what comes meanwhile', async () => {
    const { coalescer, batches } = stepwise();
    const answers = Promise.all([1, 2, 3].map((item) => coalescer.submit(item)));
    expect(batches.map(({ items }) => items)).toEqual([[1]]);
    batches[0]!.finish();
    await turn();
    expect(batches.map(({ items }) => items)).toEqual([[1], [2, 3]]);
    batches[1]!.finish();
    await expect(answers).resolves.toEqual([10, 20, 30]);
  });

  it('fails the calls of a failed batch and no others', async () => {
    const { coalescer, batches } = stepwise();
    const first = coalescer.submit(1);
    const second = coalescer.submit(2);
    batches[0]!.finish(new Error('away'));
    await expect(first).rejects.toThrow('away');
    await turn();
    batches[1]!.finish();
    await expect(second).resolves.toBe(20);
  });

  it('keeps its batches within the limit', async () => {
    const { coalescer, batches } = stepwise(2);
    void Promise.all([1, 2, 3, 4].map((item) => coalescer.submit(item)));
    batches[0]!.finish();
    await turn();
    expect(batches[1]!.items).toEqual([2, 3]);
  });
});

/** One way of writing: what a single caller does again and again. */
export interface Contender {
  /** Does its part once and answers how many events that were. */
  once(): Promise<number>;
}

const roundMs = 250;

/**
 * Events per second of two contenders that take turns in short rounds, so that whatever else the machine does falls
 * on both alike. Answers the medians over the rounds.
 */
export async function sideBySide(
  contenders: readonly [Contender, Contender],
  { callers, rounds }: { callers: number; rounds: number },
): Promise<readonly [number, number]> {
  const rates: [number[], number[]] = [[], []];
  for (let round = -1; round < rounds; round += 1) {
    for (const which of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      const rate = await rateOf(contenders[which], callers);
      // The first round only warms up.
      if (round >= 0) rates[which].push(rate);
    }
  }
  return [median(rates[0]), median(rates[1])];
}

async function rateOf(contender: Contender, callers: number): Promise<number> {
  const start = performance.now();
  const counts = await Promise.all(Array.from({ length: callers }, () => repeat(contender, start + roundMs)));
  return (counts.reduce((sum, count) => sum + count, 0) * 1_000) / (performance.now() - start);
}

async function repeat(contender: Contender, until: number): Promise<number> {
  let count = 0;
  while (performance.now() < until) count += await contender.once();
  return count;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

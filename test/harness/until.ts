import { setTimeout as pause } from 'node:timers/promises';

/** Waits until `condition` answers something other than false, null or undefined, and gives that answer. */
export async function until<Answer>(
  what: string,
  condition: () => Answer | Promise<Answer>,
  { withinMs = 10_000, everyMs = 20 }: { withinMs?: number; everyMs?: number } = {},
): Promise<NonNullable<Exclude<Answer, false>>> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await condition();
    if (answer !== false && answer !== null && answer !== undefined)
      return answer as NonNullable<Exclude<Answer, false>>;
    if (Date.now() > deadline) throw new Error(`Not within ${withinMs} ms: ${what}`);
    await pause(everyMs);
  }
}

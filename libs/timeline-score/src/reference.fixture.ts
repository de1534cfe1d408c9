import { type z } from 'zod';
import { referenceTimeline, type ReferenceTimeline } from './reference.timeline.ts';

type Input = z.input<typeof referenceTimeline>;

/** Ten days at a valley road: open for three, blocked for four, restricted for three. */
export function valleyReference(more: Partial<Input> = {}): ReferenceTimeline {
  return referenceTimeline.parse({
    corridor: 'valley-road',
    name: 'Valley road',
    timezone: 'UTC',
    segments: [
      { from: '2023-01-01', to: '2023-01-03', status: 'open' },
      { from: '2023-01-04', to: '2023-01-07', status: 'blocked', accept: { restricted: 0.5 } },
      { from: '2023-01-08', to: '2023-01-10', status: 'restricted' },
    ],
    ...more,
  });
}

/** A derived day for each word, from the first of January on: "oobb" is two open days and two blocked ones. */
export function derivedDays(letters: string): { day: string; status: string }[] {
  const words: Record<string, string> = { o: 'open', b: 'blocked', r: 'restricted', u: 'unknown' };
  return Array.from(letters, (letter, index) => ({
    day: `2023-01-${String(index + 1).padStart(2, '0')}`,
    status: words[letter] ?? letter,
  }));
}

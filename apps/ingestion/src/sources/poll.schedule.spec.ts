import fc from 'fast-check';
import { nextCheckMs, nextPageTryMs, nextPollMs, nextTryMs } from './poll.schedule.ts';

const hourMs = 3_600_000;
const now = Date.parse('2023-01-20T12:00:00Z');
const hourly = (source: string) => ({ source, everyMinutes: 60 });

describe('the schedule', () => {
  it('keeps each source to minutes of its own', () => {
    const first = nextPollMs(hourly('a'), now);
    expect(nextPollMs(hourly('a'), first)).toBe(first + hourMs);
    expect(nextPollMs(hourly('a'), first + 5 * hourMs + 3_000)).toBe(first + 6 * hourMs);
  });

  it('spreads sources over the interval', () => {
    const minutes = Array.from({ length: 600 }, (_, index) =>
      Math.floor((nextPollMs(hourly(`source ${index}`), now) / 60_000) % 60),
    );
    const counts = Array.from(
      { length: 60 },
      (_, minute) => minutes.filter((each) => each === minute).length,
    );
    expect(Math.max(...counts)).toBeLessThan(30);
    expect(counts.filter((count) => count === 0).length).toBeLessThan(5);
  });

  it('lets half an interval to one and a half pass', () => {
    const source = fc.record({ source: fc.uuid(), everyMinutes: fc.integer({ min: 1, max: 10_080 }) });
    fc.assert(
      fc.property(source, fc.integer({ min: 0, max: 4e12 }), (each, nowMs) => {
        const waits = (nextPollMs(each, nowMs) - nowMs) / (each.everyMinutes * 60_000);
        expect(waits).toBeGreaterThanOrEqual(0.5);
        expect(waits).toBeLessThanOrEqual(1.5);
      }),
    );
  });

  it('tries a failing source later and later, within half a day', () => {
    const waits = Array.from(
      { length: 12 },
      (_, index) => (nextTryMs(hourly('a'), index + 1, null, now) - now) / hourMs,
    );
    expect(waits.slice(0, 4).map(Math.round)).toEqual([1, 2, 4, 8]);
    expect(Math.max(...waits)).toBeLessThanOrEqual(13.2);
    expect(nextTryMs({ source: 'a', everyMinutes: 10_080 }, 9, null, now) - now).toBeGreaterThan(
      150 * hourMs,
    );
  });

  it('stays away as long as the server asks', () => {
    expect(nextTryMs(hourly('a'), 1, 5 * hourMs, now)).toBe(now + 5 * hourMs);
    expect(nextPageTryMs(1, 5 * hourMs, now)).toBe(now + 5 * hourMs);
  });

  it('looks at pages again ever more seldom, and one day no more', () => {
    const ages = [0, 5, 7, 47, 49, 13 * 24, 15 * 24, 59 * 24, 61 * 24];
    const waits = ages.map((age) => {
      const next = nextCheckMs(now - age * hourMs, now);
      return next === null ? null : (next - now) / hourMs;
    });
    expect(waits).toEqual([1, 1, 6, 6, 24, 24, 168, 168, null]);
  });
});

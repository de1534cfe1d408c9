import fc from 'fast-check';
import { retryAfterMs } from './retry-after.ts';

const now = Date.parse('2023-01-20T12:00:00Z');
const day = 86_400_000;

describe('Retry-After', () => {
  it.each<[string | null, number | null]>([
    [null, null],
    ['', null],
    ['0', null],
    ['7', 7_000],
    [' 120 ', 120_000],
    ['-5', null],
    ['1.5', null],
    ['1e3', null],
    ['soon', null],
    ['2023-01-20T13:00:00Z', null],
    ['999999999999999999999999', day],
    ['Fri, 20 Jan 2023 12:00:30 GMT', 30_000],
    ['Friday, 20-Jan-23 12:00:30 GMT', 30_000],
    ['Fri, 20 Jan 2023 11:59:00 GMT', null],
    ['Fri, 20 Jan 2090 12:00:00 GMT', day],
    ['Fri, 99 Foo 2023 12:00:30 GMT', null],
  ])('of %j is %j ms', (header, expected) => {
    expect(retryAfterMs(header, now)).toBe(expected);
  });

  it('is null or between 1 ms and a day, whatever the receiver sends', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        const delayMs = retryAfterMs(header, now);
        expect(delayMs === null || (delayMs > 0 && delayMs <= day)).toBe(true);
      }),
    );
  });
});

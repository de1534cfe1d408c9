import fc from 'fast-check';
import { feedDate } from './feed-date.ts';

describe('a date in a feed', () => {
  it.each<[string, string | null]>([
    ['2023-01-20T17:00:00Z', '2023-01-20T17:00:00.000Z'],
    ['2023-01-20T17:00:00.123456+04:00', '2023-01-20T13:00:00.000Z'],
    ['2023-01-20t17:00:00z', '2023-01-20T17:00:00.000Z'],
    ['2023-01-20 17:00:00', '2023-01-20T17:00:00.000Z'],
    ['2023-01-20T17:00+0400', '2023-01-20T13:00:00.000Z'],
    ['2023-01-20', '2023-01-20T00:00:00.000Z'],
    ['Fri, 20 Jan 2023 17:00:00 GMT', '2023-01-20T17:00:00.000Z'],
    ['Fri, 20 Jan 2023 17:00:00 +0400', '2023-01-20T13:00:00.000Z'],
    ['Fri, 20 Jan 2023 17:00:00 +04:00', '2023-01-20T13:00:00.000Z'],
    ['Fri, 20 Jan 2023 17:00:00 EST', '2023-01-20T22:00:00.000Z'],
    ['Fri, 20 Jan 2023 17:00 GMT+4', '2023-01-20T13:00:00.000Z'],
    ['20 Jan 2023 17:00:00', '2023-01-20T17:00:00.000Z'],
    ['Mon, 20 Jan 2023 17:00:00 GMT', '2023-01-20T17:00:00.000Z'],
    ['Friday, 20 January 2023 17:00:00 UT', '2023-01-20T17:00:00.000Z'],
    ['Fri, 20-Jan-23 17:00:00 GMT', '2023-01-20T17:00:00.000Z'],
    ['Fri, 2 Sept 2022 7:05:09 +0000', '2022-09-02T07:05:09.000Z'],
    ['20 Jan 99', '1999-01-20T00:00:00.000Z'],
    ['January 20, 2023 17:00', '2023-01-20T17:00:00.000Z'],
    ['Fri, Jan 20, 2023', '2023-01-20T00:00:00.000Z'],
    ['31 Dec 2016 23:59:60 GMT', '2016-12-31T23:59:59.000Z'],
    [' 2023-01-20T17:00:00Z\n', '2023-01-20T17:00:00.000Z'],
    ['', null],
    ['yesterday', null],
    ['2023-02-30', null],
    ['2023-13-01', null],
    ['32 Jan 2023', null],
    ['20 Foo 2023', null],
    ['2023-01-20T25:00:00Z', null],
    ['2023-01-20T17:00:00+99:00', null],
    ['Fri, 20 Jan 2023 17:00:00 XYZ', null],
    ['0001-01-01T00:00:00Z', null],
    ['1674234000', null],
  ])('%j is %j', (text, expected) => {
    expect(feedDate(text)).toBe(expected);
  });

  it('reads what we write, in both ways of writing', () => {
    const date = fc.date({ min: new Date('1950-01-01'), max: new Date('2049-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(date, (any) => {
        const whole = new Date(Math.floor(any.getTime() / 1_000) * 1_000);
        expect(feedDate(whole.toISOString())).toBe(whole.toISOString());
        expect(feedDate(whole.toUTCString())).toBe(whole.toISOString());
      }),
    );
  });
});

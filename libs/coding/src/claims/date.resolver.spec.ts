import { findDays } from './date.resolver.ts';

// A Friday.
const publishedAt = '2023-01-20T17:00:00Z';
const daysIn = (text: string) => findDays(text, publishedAt).map(({ day }) => day);

describe('a day in a sentence', () => {
  it.each([
    ['on friday', '2023-01-20'],
    ['on monday', '2023-01-16'],
    ['on saturday', '2023-01-14'],
    ['last friday', '2023-01-13'],
    ['today', '2023-01-20'],
    ['yesterday', '2023-01-19'],
    ['on 12 december', '2022-12-12'],
    ['on december 12th', '2022-12-12'],
    ['on dec. 12, 2021', '2021-12-12'],
    ['12 december 2022', '2022-12-12'],
    ['the 5th of january', '2023-01-05'],
    ['2022-12-12', '2022-12-12'],
    ['on 12.12.2022', '2022-12-12'],
    ['on 12-19 december', '2022-12-12'],
    ['on december 12 and 13', '2022-12-12'],
    ['on friday, 13 january', '2023-01-13'],
    ['overnight', '2023-01-20'],
    ['three days ago', '2023-01-17'],
  ])('"%s" is %s', (text, day) => {
    expect(daysIn(`it was shut ${text} by force.`)).toEqual([day]);
  });

  it('is not a month, a count or a day that no calendar has', () => {
    expect(daysIn('in december 2022, on day 43, on february 30, 2023-13-01')).toEqual([]);
  });

  it('a weekday beside its date is one day with it', () => {
    expect(daysIn('on friday, december 23, 2022')).toContain('2022-12-23');
  });

  it.each(['since the agreement of november 9 it was shut', 'the 9 november statement said it was shut'])(
    'names something else in "%s"',
    (text) => {
      expect(findDays(text, publishedAt).map(({ isLabel }) => isLabel)).toEqual([true]);
    },
  );

  it('tells where a clause since another event leads to it', () => {
    const [day] = findDays('it is shut since the war broke out on monday', publishedAt);
    expect(day?.sinceAt).toBe(11);
  });

  it('of several days is the first', () => {
    expect(daysIn('on december 12 and january 6 it was shut')).toEqual(['2022-12-12']);
  });

  it('knows beginnings from ends', () => {
    const [from, to] = findDays('from december 12 until december 19', publishedAt);
    expect(from).toMatchObject({ isBeginning: true, isEnd: false });
    expect(to).toMatchObject({ isBeginning: false, isEnd: true });
  });
});

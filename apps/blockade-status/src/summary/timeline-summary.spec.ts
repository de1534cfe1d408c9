import fc from 'fast-check';
import { type SummedSegment, summaryOf } from './timeline-summary.ts';

function segment(
  from: string,
  to: string,
  status: SummedSegment['status'],
  more: Partial<SummedSegment> = {},
): SummedSegment {
  return { from, to, status, disputed: false, flows: {}, ...more };
}

it('counts the days of each status, both ends included', () => {
  const summary = summaryOf([
    segment('2022-12-30', '2023-01-02', 'open'),
    segment('2023-01-03', '2023-01-03', 'unknown'),
    segment('2023-01-04', '2023-01-13', 'blocked'),
  ]);
  expect(summary.days).toEqual({ open: 4, restricted: 0, blocked: 10, unknown: 1 });
  expect(summary.dayCount).toBe(15);
});

it('counts the days of each flow of which anything is known', () => {
  const { flows } = summaryOf([
    segment('2023-01-01', '2023-01-02', 'restricted', { flows: { aid_cargo: 'open', civilians: 'blocked' } }),
    segment('2023-01-03', '2023-01-05', 'blocked', { flows: { civilians: 'blocked' } }),
  ]);
  expect(flows).toEqual({
    aid_cargo: { open: 2, restricted: 0, blocked: 0, unknown: 3 },
    civilians: { open: 0, restricted: 0, blocked: 5, unknown: 0 },
  });
});

it('takes a turn of dispute for no change, and for no end of a run', () => {
  const summary = summaryOf([
    segment('2023-01-01', '2023-01-02', 'blocked'),
    segment('2023-01-03', '2023-01-05', 'blocked', { disputed: true }),
    segment('2023-01-06', '2023-01-06', 'open'),
    segment('2023-01-07', '2023-01-10', 'blocked'),
  ]);
  expect(summary).toMatchObject({
    changeCount: 2,
    longestBlocked: { from: '2023-01-01', to: '2023-01-05', dayCount: 5 },
    disputedDayCount: 3,
  });
});

it('names the first of two runs that are as long', () => {
  const runs = [
    segment('2023-01-01', '2023-01-02', 'blocked'),
    segment('2023-01-03', '2023-01-03', 'open'),
    segment('2023-01-04', '2023-01-05', 'blocked'),
  ];
  expect(summaryOf(runs).longestBlocked?.from).toBe('2023-01-01');
});

it('of no days there is nothing to tell', () => {
  expect(summaryOf([])).toEqual({
    dayCount: 0,
    days: { open: 0, restricted: 0, blocked: 0, unknown: 0 },
    flows: {},
    changeCount: 0,
    longestBlocked: null,
    disputedDayCount: 0,
  });
});

const dayMs = 24 * 3_600 * 1_000;
const iso = (day: number) => new Date(Date.UTC(2023, 0, 1) + day * dayMs).toISOString().slice(0, 10);
const statuses = fc.array(fc.constantFrom('open', 'restricted', 'blocked', 'unknown'), { minLength: 1 });

it('tells the same of segments and of single days, and every day once', () => {
  fc.assert(
    fc.property(statuses, (days) => {
      const single = days.map((status, at) => segment(iso(at), iso(at), status));
      const begins = days.flatMap((status, at) => (days[at - 1] === status ? [] : [at]));
      const merged = begins.map((at, index) =>
        segment(iso(at), iso((begins[index + 1] ?? days.length) - 1), days[at] ?? 'unknown'),
      );
      const summary = summaryOf(single);
      expect(summaryOf(merged)).toEqual(summary);
      expect(Object.values(summary.days).reduce((sum, count) => sum + count)).toBe(days.length);
      expect(summary.changeCount).toBe(begins.length - 1);
    }),
  );
});

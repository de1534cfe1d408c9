import fc from 'fast-check';
import { type LanePlace, sift } from './lane-cursor.ts';

const place = (position: number, previous: number, lane = 0): LanePlace => ({ lane, position, previous });

describe('sifting what arrived', () => {
  it('lets through what follows on', () => {
    const { next, through, gaps } = sift(new Map([[0, 4]]), [place(7, 4), place(9, 7)]);
    expect(next.map(({ position }) => position)).toEqual([7, 9]);
    expect(through).toEqual(new Map([[0, 9]]));
    expect(gaps.size).toBe(0);
  });

  it('drops what its lane has seen, and counts it', () => {
    const { next, repeatedCount } = sift(new Map([[0, 7]]), [place(4, 0), place(7, 4)]);
    expect(next).toEqual([]);
    expect(repeatedCount).toBe(2);
  });

  it('drops a repetition within one batch', () => {
    expect(sift(new Map([[0, 0]]), [place(3, 0), place(3, 0)]).next).toHaveLength(1);
  });

  it('holds everything behind a gap, and says how far the lane must be filled', () => {
    const { next, gaps, held } = sift(new Map([[0, 4]]), [place(9, 7), place(12, 9)]);
    expect(next).toEqual([]);
    expect(gaps).toEqual(new Map([[0, 9]]));
    expect(held).toHaveLength(2);
  });

  it('does not let the gap of one lane hold up another', () => {
    const positions = new Map([
      [0, 4],
      [1, 0],
    ]);
    expect(sift(positions, [place(9, 7), place(10, 0, 1)]).next).toEqual([place(10, 0, 1)]);
  });

  it('follows on when the lane is complete beyond its last event', () => {
    expect(sift(new Map([[0, 20]]), [place(25, 7)]).next).toEqual([place(25, 7)]);
  });

  it('leaves out lanes that are not ours', () => {
    expect(sift(new Map([[1, 0]]), [place(3, 0)])).toMatchObject({ next: [], held: [] });
  });

  it('gives the lanes of a batch in ledger order, whatever order they came in', () => {
    const lanes = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 60 });
    fc.assert(
      fc.property(
        lanes.chain((of) => fc.shuffledSubarray(threaded(of), { minLength: of.length })),
        (arrivals) => {
          const positions = new Map([0, 1, 2, 3].map((lane) => [lane, 0]));
          expect(sift(positions, arrivals).next.map(({ position }) => position)).toEqual(
            arrivals.map((_, index) => index + 1),
          );
        },
      ),
    );
  });
});

function threaded(lanes: readonly number[]): LanePlace[] {
  return lanes
    .map((lane, index) => place(index + 1, lanes.lastIndexOf(lane, index - 1) + 1, lane))
    .map((each, index) => (index === 0 ? { ...each, previous: 0 } : each));
}

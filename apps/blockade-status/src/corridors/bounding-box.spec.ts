import fc from 'fast-check';
import { type BoundingBox, boundingBoxInput, intersects } from './bounding-box.ts';

const box: BoundingBox = [46, 39, 47, 40];

const line = (...coordinates: [number, number][]) => ({ type: 'LineString' as const, coordinates });

it.each([
  ['a line from end to end of it', line([46.2, 39.2], [46.8, 39.8]), true],
  ['a line that only passes through', line([45, 39.5], [48, 39.6]), true],
  ['a line that touches its corner', line([45, 40], [46, 40]), true],
  ['a line that goes around its corner', line([45.5, 39.5], [45.9, 40.6], [46.5, 40.5]), false],
  ['a line beside it, parallel to its border', line([45.9, 39.1], [45.9, 39.9]), false],
  ['a line that ends before it', line([44, 39.5], [45.9, 39.5]), false],
  ['a point on its border', { type: 'Point' as const, coordinates: [47, 39.5] as [number, number] }, true],
  ['a point beyond it', { type: 'Point' as const, coordinates: [47.001, 39.5] as [number, number] }, false],
])('tells of %s whether it is in the box', (_, geometry, expected) => {
  expect(intersects(geometry, box)).toBe(expected);
});

it('reaches across the antimeridian where the western border is the greater number', () => {
  const pacific: BoundingBox = [170, -10, -170, 10];
  expect(intersects(line([175, 0], [176, 0]), pacific)).toBe(true);
  expect(intersects(line([-175, 0], [-176, 0]), pacific)).toBe(true);
  expect(intersects(line([0, 0], [10, 0]), pacific)).toBe(false);
});

const coordinate = fc.tuple(fc.integer({ min: -180, max: 180 }), fc.integer({ min: -90, max: 90 }));

it('finds every line of which a point between two of its ends lies in the box', () => {
  fc.assert(
    fc.property(
      coordinate,
      coordinate,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 0, max: 3 }),
      (from, to, share, margin) => {
        const [x, y] = [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
        const around: BoundingBox = [
          x - margin - 0.001,
          y - margin - 0.001,
          x + margin + 0.001,
          y + margin + 0.001,
        ];
        return intersects(line(from, to), around);
      },
    ),
    { numRuns: 1_000 },
  );
});

it('finds no line that lies beyond one of the borders', () => {
  const east = fc.tuple(fc.integer({ min: 48, max: 180 }), fc.integer({ min: -90, max: 90 }));
  fc.assert(fc.property(east, east, (from, to) => !intersects(line(from, to), box)));
});

it.each(['', '1,2,3', '1,2,3,4,5', 'a,b,c,d', '1,,3,4', '181,0,182,1', '0,5,1,4', '0,-91,1,0', '1e1,0,20,1'])(
  'refuses "%s"',
  (text) => {
    expect(boundingBoxInput.safeParse(text).success).toBe(false);
  },
);

it('reads the borders in the order of GeoJSON', () => {
  expect(boundingBoxInput.parse('46.5,-39,+47,39.25')).toEqual([46.5, -39, 47, 39.25]);
});

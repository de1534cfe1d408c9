import { z } from 'zod';
import { type CorridorDefinition } from '#events';

type Geometry = NonNullable<CorridorDefinition['geometry']>;
type Coordinate = readonly [longitude: number, latitude: number];

/** WGS 84 degrees, borders included; across the antimeridian where the least longitude is the greater number. */
export type BoundingBox = readonly [
  longitudeMin: number,
  latitudeMin: number,
  longitudeMax: number,
  latitudeMax: number,
];

const decimal = /^[+-]?\d{1,3}(\.\d{1,15})?$/;
const longitude = z.number().min(-180).max(180);
const latitude = z.number().min(-90).max(90);

/** `bbox=minLon,minLat,maxLon,maxLat`, in the order of RFC 7946. */
export const boundingBoxInput = z.string().transform((text, context): BoundingBox => {
  const parts = text.split(',').map((part) => (decimal.test(part) ? Number(part) : NaN));
  const parsed = z.tuple([longitude, latitude, longitude, latitude]).safeParse(parts);
  if (parsed.success && parsed.data[1] <= parsed.data[3]) return parsed.data;
  context.addIssue({
    code: 'custom',
    message: 'must be minLon,minLat,maxLon,maxLat in degrees, the southern border not north of the northern',
  });
  return z.NEVER;
});

/** Whether any of it lies in the box. A line is straight between its points: at the antimeridian it is cut in two. */
export function intersects(geometry: Geometry, box: BoundingBox): boolean {
  return halvesOf(box).some((half) =>
    geometry.type === 'Point'
      ? crosses(geometry.coordinates, geometry.coordinates, half)
      : geometry.coordinates.some((to, index) => crosses(geometry.coordinates[index - 1] ?? to, to, half)),
  );
}

function halvesOf(box: BoundingBox): readonly BoundingBox[] {
  const [west, south, east, north] = box;
  if (west <= east) return [box];
  return [
    [west, south, 180, north],
    [-180, south, east, north],
  ];
}

/** Clips the line at each border in turn (Liang and Barsky); something is left of it if it lies in the box. */
function crosses(from: Coordinate, to: Coordinate, [west, south, east, north]: BoundingBox): boolean {
  let [start, end] = [0, 1];
  for (const [at, step, least, most] of [
    [from[0], to[0] - from[0], west, east],
    [from[1], to[1] - from[1], south, north],
  ] as const) {
    if (step === 0) {
      if (at < least || at > most) return false;
      continue;
    }
    const [one, other] = [(least - at) / step, (most - at) / step];
    start = Math.max(start, Math.min(one, other));
    end = Math.min(end, Math.max(one, other));
  }
  return start <= end;
}

import { minimaCount, type Sketch } from './sketch.ts';

const similarityMin = 0.5;
const containmentMin = 0.85;
const otherFiguresMax = 1 / 3;

/** The estimated share of shingles that two texts have in common: Jaccard, with a standard error of 0.045 at most. */
export function similarity(one: Sketch, other: Sketch): number {
  let equalCount = 0;
  for (let index = 0; index < minimaCount; index += 1) {
    if (one.minima[index] === other.minima[index]) equalCount += 1;
  }
  return equalCount / minimaCount;
}

/**
 * Whether one text is a copy of the other, perhaps cut, with a by-line or with a few words changed. A cut takes
 * shingles from one text alone, and a form that is filled in anew changes both; so what decides is how much of the
 * shorter text is in the longer one, and whether the figures in the same places agree.
 */
export function isReprint(one: Sketch, other: Sketch): boolean {
  const common = similarity(one, other);
  return (
    common >= similarityMin &&
    containment(one, other, common) >= containmentMin &&
    otherFigures(one, other) < otherFiguresMax
  );
}

function containment(one: Sketch, other: Sketch, common: number): number {
  const both = one.shingleCount + other.shingleCount;
  const sharedCount = (common / (1 + common)) * both;
  return Math.min(1, sharedCount / Math.min(one.shingleCount, other.shingleCount));
}

/** The share of the places that both texts fill with a figure where it is not the same one. */
function otherFigures(one: Sketch, other: Sketch): number {
  let sharedCount = 0;
  let otherCount = 0;
  for (const [place, figure] of one.figures) {
    const there = other.figures.get(place);
    if (there === undefined) continue;
    sharedCount += 1;
    if (there !== figure) otherCount += 1;
  }
  return sharedCount === 0 ? 0 : otherCount / sharedCount;
}

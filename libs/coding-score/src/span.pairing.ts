import { type Span } from './gold.places.ts';

/** The share of a gold sentence's characters that a match must cover. */
const coverMin = 0.5;

interface Candidate<Gold, Predicted> {
  readonly gold: Gold;
  readonly predicted: Predicted;
  /** Hundredths of the two spans' union that they share. */
  readonly likeness: number;
  readonly agreement: number;
}

/**
 * Pairs gold with predictions, each at most once: greedily, the pair of the best span first, between equal spans the
 * one that agrees in more.
 */
export function pairSpans<Gold extends Span, Predicted extends Span>(
  golds: readonly Gold[],
  predictions: readonly Predicted[],
  mayPair: (gold: Gold, predicted: Predicted) => boolean,
  agreementOf: (gold: Gold, predicted: Predicted) => number = () => 0,
): readonly (readonly [Gold, Predicted])[] {
  const candidates: Candidate<Gold, Predicted>[] = [];
  for (const gold of golds) {
    for (const predicted of predictions) {
      const shared = sharedLength(gold, predicted);
      const length = gold.end - gold.start;
      if (shared / length < coverMin || !mayPair(gold, predicted)) continue;
      const likeness = Math.round((shared / (length + predicted.end - predicted.start - shared)) * 100);
      candidates.push({ gold, predicted, likeness, agreement: agreementOf(gold, predicted) });
    }
  }
  // Sorting is stable, so what is equal in all stays in the order of the text.
  candidates.sort((a, b) => b.likeness - a.likeness || b.agreement - a.agreement);
  const taken = new Set<Gold | Predicted>();
  return candidates.flatMap(({ gold, predicted }) => {
    if (taken.has(gold) || taken.has(predicted)) return [];
    taken.add(gold).add(predicted);
    return [[gold, predicted] as const];
  });
}

function sharedLength(one: Span, other: Span): number {
  return Math.max(0, Math.min(one.end, other.end) - Math.max(one.start, other.start));
}

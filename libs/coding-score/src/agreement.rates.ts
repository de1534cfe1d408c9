export interface Counts {
  readonly gold: number;
  readonly predicted: number;
  readonly matched: number;
}

/** Shares from 0 to 1; of nothing, 0. */
export interface Rates extends Counts {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface Accuracy {
  readonly right: number;
  readonly of: number;
  /** From 0 to 1; null of nothing. */
  readonly accuracy: number | null;
}

export function ratesOf({ gold, predicted, matched }: Counts): Rates {
  const precision = predicted === 0 ? 0 : matched / predicted;
  const recall = gold === 0 ? 0 : matched / gold;
  const f1 = matched === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { gold, predicted, matched, precision, recall, f1 };
}

export function sumOf(counts: Iterable<Counts>): Counts {
  const sum = { gold: 0, predicted: 0, matched: 0 };
  for (const { gold, predicted, matched } of counts) {
    sum.gold += gold;
    sum.predicted += predicted;
    sum.matched += matched;
  }
  return sum;
}

export function accuracyOf<Item>(items: readonly Item[], isRight: (item: Item) => boolean): Accuracy {
  const right = items.filter(isRight).length;
  return { right, of: items.length, accuracy: items.length === 0 ? null : right / items.length };
}

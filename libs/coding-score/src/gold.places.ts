import { type GoldClaim, type GoldStatement } from './gold.reader.ts';

export interface Span {
  /** UTF-16 offsets into the body, end exclusive. */
  readonly start: number;
  readonly end: number;
}
export type PlacedClaim = GoldClaim & Span;

/**
 * Finds each gold claim's sentence in the body. Claims are in the order of the text and a sentence may carry several,
 * so one is looked for from the last one's place on; the very same claim again is on the sentence's next occurrence.
 */
export function placeClaims({ id, body, claims }: Pick<GoldStatement, 'id' | 'body' | 'claims'>): {
  placed: readonly PlacedClaim[];
  warnings: readonly string[];
} {
  const placed: PlacedClaim[] = [];
  const warnings: string[] = [];
  const taken = new Set<string>();
  let from = 0;
  for (const [index, claim] of claims.entries()) {
    const warn = (what: string) => warnings.push(`${id} claims[${index}].sentence: ${what}`);
    let span = placeOf(claim.sentence, body, from);
    if (span === null) {
      warn(`is not in the body, so the claim is left out: "${claim.sentence.slice(0, 80)}"`);
      continue;
    }
    if (body.slice(span.start, span.end) !== claim.sentence) warn('differs from the body in white space');
    while (taken.has(keyOf(claim, span))) {
      const next = body.indexOf(claim.sentence, span.start + 1);
      if (next === -1) {
        warn('carries the same claim twice');
        break;
      }
      span = { start: next, end: next + claim.sentence.length };
    }
    taken.add(keyOf(claim, span));
    from = span.start;
    placed.push({ ...claim, ...span });
  }
  return { placed, warnings };
}

function placeOf(sentence: string, body: string, from: number): Span | null {
  const ahead = body.indexOf(sentence, from);
  const start = ahead === -1 ? body.indexOf(sentence) : ahead;
  if (start !== -1) return { start, end: start + sentence.length };
  const words = sentence
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const found = new RegExp(words.join('\\s+')).exec(body);
  return found === null ? null : { start: found.index, end: found.index + found[0].length };
}

function keyOf({ corridor, type, status, speaker, modality, validFrom }: GoldClaim, { start }: Span): string {
  return JSON.stringify([start, corridor, type, status, speaker, modality, validFrom]);
}

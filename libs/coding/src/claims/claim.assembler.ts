import { hash } from 'node:crypto';
import { type ClaimType, type CorridorStatus, type Why } from '#events';
import { type Holder } from '../voices/holder.reader.ts';
import { type CodedClaim } from '../coder.ts';
import { type CueRule } from '../lexicon/coding-data.schema.ts';
import { type Modality } from './scope.ts';

/** What a rule found in a sentence about one corridor, before the sentence's findings are weighed together. */
export interface Finding {
  readonly corridor: string;
  readonly type: ClaimType;
  readonly status: CorridorStatus | null;
  readonly presupposed: boolean;
  readonly holder: Holder;
  readonly modality: Modality;
  readonly validFrom: string | null;
  /** Hundredths. */
  readonly certainty: number;
  readonly rule: CueRule;
  /** Where in the sentence it ends; the state that is told last holds last. */
  readonly end: number;
  readonly why: Omit<Why, 'rules'>;
}

export interface ClaimSpan {
  readonly statementId: string;
  readonly coder: string;
  readonly coderData: string;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
}

/** One claim for each (corridor, type, status, speaker) of a sentence. */
export function assembleClaims(span: ClaimSpan, findings: readonly Finding[]): readonly CodedClaim[] {
  const kept = new Map<string, Finding>();
  const rules = new Map<string, string[]>();
  for (const finding of findings) {
    const key = keyOf(finding);
    rules.set(key, [...(rules.get(key) ?? []), finding.rule.id]);
    const other = kept.get(key);
    kept.set(key, other === undefined ? finding : merged(finding, other));
  }
  return [...kept.values()]
    .sort((a, b) => typeOrder.indexOf(a.type) - typeOrder.indexOf(b.type))
    .map((finding) => claimOf(span, finding, rules.get(keyOf(finding)) ?? []));
}

/** One status a sentence, corridor and speaker. */
function keyOf({ corridor, type, holder, status }: Finding): string {
  return [corridor, type, holder.speaker, type === 'status' ? null : status].join('\u0000');
}

const typeOrder: readonly ClaimType[] = [
  'status',
  'denial',
  'demand',
  'condemnation',
  'commitment',
  'engagement',
  'incident',
  'impact',
];

/** Two rules may find one state, and only one of them its day. */
function merged(a: Finding, b: Finding): Finding {
  const [first, second] = outranks(a, b) ? [a, b] : [b, a];
  if (first.validFrom !== null || first.status !== second.status) return first;
  return { ...first, validFrom: second.validFrom, why: { ...first.why, validFrom: second.why.validFrom } };
}

/** What is said outranks what is taken for granted, the state told last the one before, then the surer rule. */
function outranks(a: Finding, b: Finding): boolean {
  if (a.presupposed !== b.presupposed) return b.presupposed;
  if (a.type === 'status' && a.end !== b.end) return a.end > b.end;
  return a.certainty > b.certainty;
}

function claimOf(span: ClaimSpan, finding: Finding, rules: readonly string[]): CodedClaim {
  const { statementId, coder, coderData, start, end, quote } = span;
  const { corridor, type, status, presupposed, holder, modality, validFrom, certainty, rule } = finding;
  return {
    claimId: claimIdOf([statementId, corridor, type, status, holder.speaker, start, end]),
    corridor,
    type,
    status,
    presupposed,
    flows: [],
    effect: null,
    actor: null,
    speaker: holder.speaker,
    speakerName: holder.person,
    modality,
    validFrom,
    start,
    end,
    quote,
    confidence: certainty / 100,
    coder,
    coderData,
    rule: rule.id,
    why: { rules: [...new Set([rule.id, ...rules])], ...finding.why },
  };
}

/**
 * The same claim has the same id wherever and by whatever coder it is coded, so that reviews outlive a re-coding: a UUID (version 8, RFC 9562)
 * of its SHA-256.
 */
function claimIdOf(parts: readonly (string | number | null)[]): string {
  const digest = hash('sha256', JSON.stringify(parts), 'buffer');
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x80;
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80;
  return digest.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

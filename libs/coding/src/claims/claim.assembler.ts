import { hash } from 'node:crypto';
import { type ClaimType, type CorridorStatus, flow, type Flow, type Why } from '#events';
import { type Passage } from '../passage/passage.reader.ts';
import { type Holder } from '../voices/holder.reader.ts';
import { type CodedClaim } from '../coder.ts';
import { type CueRule } from '../lexicon/coding-data.schema.ts';
import { type Modality } from './scope.ts';

/** What a rule found in a sentence about one corridor, before the sentence's findings are weighed together. */
export interface Finding extends Passage {
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
  /** Counted by the semicolons before it: what is told in another part has a day of its own. */
  readonly part: number;
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

/** A claim in the making, and the rules that found it. */
interface Draft {
  readonly finding: Finding;
  readonly rules: readonly string[];
}

/** One claim for each (corridor, type, status, speaker) of a sentence, but for what is told apart of two kinds of traffic. */
export function assembleClaims(span: ClaimSpan, findings: readonly Finding[]): readonly CodedClaim[] {
  const kept = new Map<string, Draft[]>();
  for (const finding of findings) {
    const key = keyOf(finding);
    const drafts = kept.get(key) ?? [];
    kept.set(key, drafts);
    const at = drafts.findIndex((draft) => !isApart(draft.finding, finding));
    const { finding: other, rules } = drafts[at] ?? { finding, rules: [] };
    const draft = { finding: merged(finding, other), rules: [...rules, finding.rule.id] };
    if (at === -1) drafts.push(draft);
    else drafts[at] = draft;
  }
  return [...kept.values()]
    .flatMap((drafts) => drafts.map(({ finding, rules }, index) => ({ finding, rules, index })))
    .sort((a, b) => typeOrder.indexOf(a.finding.type) - typeOrder.indexOf(b.finding.type))
    .map(({ finding, rules, index }) => claimOf(span, finding, rules, index));
}

/** "Opens it to the sick" opens and restricts in one; what is told last says it all. */
const openings: ReadonlySet<Finding['effect']> = new Set(['opened', 'restricted']);

/** "A convoy passed; the ships were turned back" are two events, "closed to lorries, open to people" two states. */
function isApart(a: Finding, b: Finding): boolean {
  if (a.type === 'incident') {
    const isOfOneOpening = openings.has(a.effect) && openings.has(b.effect);
    return a.effect !== null && b.effect !== null && a.effect !== b.effect && !isOfOneOpening;
  }
  // What was closed until then is another state than what is told of today.
  if ((a.rule.isSinceItsDay ?? false) !== (b.rule.isSinceItsDay ?? false)) return true;
  const isShared =
    a.flows.length === 0 || b.flows.length === 0 || a.flows.some((flow) => b.flows.includes(flow));
  return a.status !== b.status && !isShared;
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
  // Of an attack and a passage in one sentence the passage is told.
  if (
    first.status !== second.status ||
    (first.effect !== null && second.effect === null && first.type === 'incident')
  )
    return first;
  const told = {
    ...first,
    flows: flowsOfBoth(first, second),
    effect: first.effect ?? second.effect,
    actor: first.actor ?? second.actor,
  };
  if (first.validFrom !== null || first.part !== second.part) return told;
  return { ...told, validFrom: second.validFrom, why: { ...first.why, validFrom: second.why.validFrom } };
}

/** Who passes is told of each; what holds for all traffic holds for any. */
function flowsOfBoth(a: Finding, b: Finding): readonly Flow[] {
  const isOfWhole = a.flows.length === 0 || b.flows.length === 0;
  if (isOfWhole && a.effect !== 'passed') return [];
  return flow.options.filter((each) => a.flows.includes(each) || b.flows.includes(each));
}

/** What is said outranks what is taken for granted, the state told last the one before, then the surer rule. */
function outranks(a: Finding, b: Finding): boolean {
  if (a.presupposed !== b.presupposed) return b.presupposed;
  if (a.type === 'incident' && (a.effect === null) !== (b.effect === null)) return b.effect === null;
  if (a.effect !== b.effect && a.end !== b.end) return a.end > b.end;
  if (a.type === 'status' && a.end !== b.end) return a.end > b.end;
  return a.certainty > b.certainty;
}

function claimOf(span: ClaimSpan, finding: Finding, rules: readonly string[], index: number): CodedClaim {
  const { statementId, coder, coderData, start, end, quote } = span;
  const { corridor, type, status, presupposed, holder, modality, validFrom, certainty, rule } = finding;
  const { flows, effect, actor } = finding;
  return {
    claimId: claimIdOf([
      statementId,
      corridor,
      type,
      status,
      holder.speaker,
      start,
      end,
      ...(index === 0 ? [] : [index]),
    ]),
    corridor,
    type,
    status,
    presupposed,
    flows: [...flows],
    effect,
    actor,
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

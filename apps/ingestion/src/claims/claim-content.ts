import { type Claim } from '#events';
import { type FieldFault } from '#platform';
import { InvalidClaimError } from './claim.refusals.ts';

/** What a claim says, apart from how it was found. */
export type ClaimContent = Omit<
  Claim,
  'claimId' | 'quote' | 'confidence' | 'coder' | 'coderData' | 'rule' | 'why'
>;

export function contentOf(claim: Claim): ClaimContent {
  const { claimId: _id, quote: _quote, confidence: _confidence, ...said } = claim;
  const { coder: _coder, coderData: _coderData, rule: _rule, why: _why, ...content } = said;
  return content;
}

/**
 * @param at where the content stands in the request, as the beginning of a JSON pointer
 * @throws InvalidClaimError where it does not fit together, or not the text
 */
export function checked(content: ClaimContent, body: string, at: string): ClaimContent {
  const faults = [...statusFaults(content), ...effectFaults(content), ...spanFaults(content, body)];
  if (faults.length === 0) return content;
  throw new InvalidClaimError(faults.map(({ pointer, message }) => ({ pointer: at + pointer, message })));
}

export function tellsStatus(type: Claim['type']): boolean {
  return type === 'status' || type === 'denial';
}

export function tellsEffect(type: Claim['type']): boolean {
  return type === 'incident' || type === 'status';
}

function statusFaults({ type, status, presupposed }: ClaimContent): readonly FieldFault[] {
  const faults: FieldFault[] = [];
  if (tellsStatus(type) && status === null)
    faults.push({ pointer: '/status', message: `must be given with the type "${type}"` });
  if (!tellsStatus(type) && status !== null)
    faults.push({ pointer: '/status', message: `does not go with the type "${type}"` });
  if (presupposed && type !== 'status')
    faults.push({ pointer: '/presupposed', message: 'goes with the type "status" alone' });
  return faults;
}

function effectFaults({ type, effect, actor }: ClaimContent): readonly FieldFault[] {
  if (effect !== null && !tellsEffect(type))
    return [{ pointer: '/effect', message: `does not go with the type "${type}"` }];
  return effect === null && actor !== null
    ? [{ pointer: '/actor', message: 'goes with an effect alone' }]
    : [];
}

function spanFaults({ start, end }: ClaimContent, body: string): readonly FieldFault[] {
  if (end <= start) return [{ pointer: '/end', message: 'must be after start' }];
  if (end > body.length)
    return [{ pointer: '/end', message: `is beyond the text, which has ${body.length} UTF-16 units` }];
  const quote = body.slice(start, end);
  if (!quote.isWellFormed()) return [{ pointer: '/start', message: 'cuts a character in two' }];
  return quote.trim() === '' ? [{ pointer: '/start', message: 'holds no words' }] : [];
}

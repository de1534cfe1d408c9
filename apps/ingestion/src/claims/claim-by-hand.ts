import { type Claim } from '#events';
import { deriveId } from '#ledger';
import { type FieldFault } from '#platform';
import { InvalidClaimError } from './claim.refusals.ts';
import { type Amendment, type ClaimInput } from './claim.input.ts';

/** What a claim says, apart from how it was found. */
export type ClaimContent = Pick<
  Claim,
  'type' | 'status' | 'presupposed' | 'speaker' | 'speakerName' | 'modality' | 'validFrom' | 'start' | 'end'
>;

/** The claim as the person says it is, under its own id. */
export function amendedClaim(claim: Claim, amended: Amendment, body: string): Claim {
  const content = checked({ ...contentOf(claim), ...suited(claim, amended) }, body, '/amended');
  const quote = body.slice(content.start, content.end);
  // Certain, since a person says so; and no longer for the coder's reasons.
  return { ...claim, ...content, quote, confidence: 1, why: null };
}

/** The claim as it is found about another corridor than the coder took it for. */
export function movedClaim(
  statementId: string,
  corridor: string,
  claim: Claim,
  amended: Amendment,
  body: string,
): Claim {
  const content = contentOf(amendedClaim(claim, amended, body));
  return claimByHand(statementId, corridor, content, body, '/amended');
}

/** The same content in the same sentence about the same corridor is the same claim, whoever adds it. */
export function claimByHand(
  statementId: string,
  corridor: string,
  input: ClaimContent,
  body: string,
  at = '',
): Claim {
  const content = checked(input, body, at);
  return {
    claimId: deriveId('claim by hand', statementId, corridor, JSON.stringify(ordered(content))),
    ...content,
    quote: body.slice(content.start, content.end),
    confidence: 1,
    coder: 'hand',
    coderData: null,
    rule: 'hand',
    flows: [],
    effect: null,
    actor: null,
    why: null,
  };
}

/** @throws InvalidClaimError where the quote is not in the body, or more than once */
export function contentIn({ start, end, quote, ...said }: ClaimInput, body: string): ClaimContent {
  const { type, status, presupposed, speaker, speakerName, modality, validFrom } = said;
  const content = { type, status, presupposed, speaker, speakerName, modality, validFrom };
  if (quote === undefined) return { ...content, start: start ?? 0, end: end ?? 0 };
  const at = body.indexOf(quote);
  if (at === -1) throw new InvalidClaimError([{ pointer: '/quote', message: 'is not in the text' }]);
  if (body.includes(quote, at + 1)) {
    const message = 'is in the text more than once; give start and end';
    throw new InvalidClaimError([{ pointer: '/quote', message }]);
  }
  return { ...content, start: at, end: at + quote.length };
}

function contentOf(claim: Claim): ClaimContent {
  const { type, status, presupposed, speaker, speakerName, modality, validFrom, start, end } = claim;
  return { type, status, presupposed, speaker, speakerName, modality, validFrom, start, end };
}

/** With the type goes what belongs to the old one alone, unless the person says otherwise. */
function suited(claim: Claim, { corridor: _corridor, ...amended }: Amendment): Partial<ClaimContent> {
  const given = Object.fromEntries(
    Object.entries(amended).filter(([, value]) => value !== undefined),
  ) as Partial<ClaimContent>;
  return tellsStatus(amended.type ?? claim.type) ? given : { status: null, presupposed: false, ...given };
}

function checked(content: ClaimContent, body: string, at: string): ClaimContent {
  const faults = [...statusFaults(content), ...spanFaults(content, body)];
  if (faults.length === 0) return content;
  throw new InvalidClaimError(faults.map(({ pointer, message }) => ({ pointer: at + pointer, message })));
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

function spanFaults({ start, end }: ClaimContent, body: string): readonly FieldFault[] {
  if (end <= start) return [{ pointer: '/end', message: 'must be after start' }];
  if (end > body.length)
    return [{ pointer: '/end', message: `is beyond the text, which has ${body.length} UTF-16 units` }];
  const quote = body.slice(start, end);
  if (!quote.isWellFormed()) return [{ pointer: '/start', message: 'cuts a character in two' }];
  return quote.trim() === '' ? [{ pointer: '/start', message: 'holds no words' }] : [];
}

function tellsStatus(type: Claim['type']): boolean {
  return type === 'status' || type === 'denial';
}

function ordered(content: ClaimContent): readonly unknown[] {
  const { type, status, presupposed, speaker, speakerName, modality, validFrom, start, end } = content;
  return [type, status, presupposed, speaker, speakerName, modality, validFrom, start, end];
}

import { type Claim } from '#events';
import { deriveId } from '#ledger';
import { InvalidClaimError } from './claim.refusals.ts';
import { checked, contentOf, tellsEffect, tellsStatus, type ClaimContent } from './claim-content.ts';
import { type Amendment, type ClaimInput } from './claim.input.ts';

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
    why: null,
  };
}

/** @throws InvalidClaimError where the quote is not in the body, or more than once */
export function contentIn(input: ClaimInput, body: string): ClaimContent {
  const { corridor: _corridor, reviewer: _reviewer, note: _note, start, end, quote, ...content } = input;
  if (quote === undefined) return { ...content, start: start ?? 0, end: end ?? 0 };
  const at = body.indexOf(quote);
  if (at === -1) throw new InvalidClaimError([{ pointer: '/quote', message: 'is not in the text' }]);
  if (body.includes(quote, at + 1)) {
    const message = 'is in the text more than once; give start and end';
    throw new InvalidClaimError([{ pointer: '/quote', message }]);
  }
  return { ...content, start: at, end: at + quote.length };
}

/** With the type goes what belongs to the old one alone, and with the effect its actor, unless the person says otherwise. */
function suited(claim: Claim, { corridor: _corridor, ...amended }: Amendment): Partial<ClaimContent> {
  const given = Object.fromEntries(
    Object.entries(amended).filter(([, value]) => value !== undefined),
  ) as Partial<ClaimContent>;
  const type = amended.type ?? claim.type;
  return {
    ...(tellsStatus(type) ? {} : { status: null, presupposed: false }),
    ...(tellsEffect(type) ? {} : { effect: null }),
    ...(tellsEffect(type) && amended.effect !== null ? {} : { actor: null }),
    ...given,
  };
}

/** Claims from before there were flows and effects keep their ids. */
function ordered(content: ClaimContent): readonly unknown[] {
  const { type, status, presupposed, speaker, speakerName, modality, validFrom, start, end } = content;
  const { flows, effect, actor } = content;
  const before = [type, status, presupposed, speaker, speakerName, modality, validFrom, start, end];
  return flows.length === 0 && effect === null ? before : [...before, flows, effect, actor];
}

import { type Claim } from './claim.ts';
import { type EventType, type PayloadOf } from './domain-event.ts';
import { redactedText, type WordsTold } from './redacted-text.ts';

/** What the events of one redaction say, all of them together. */
export interface Redaction {
  readonly statementId: string;
  readonly wording: string;
  readonly claims: PayloadOf<'StatementRedacted'>['claims'];
}

type Placed = {
  [Type in EventType]: {
    readonly type: Type;
    readonly payload: PayloadOf<Type>;
    readonly position: number;
  };
}[EventType];

/**
 * The payload without the words of a redacted statement: of the same contract, with all that is no text of it. The same
 * payload where it holds none. Offsets into the text stay: they tell one claim from another.
 *
 * Pure, and the same for a stub: so a payload that quotes two statements can be redacted for one after the other.
 */
export function stubOf(event: Placed, redaction: Redaction): PayloadOf<EventType> {
  const { position } = event;
  switch (event.type) {
    case 'StatementReceived':
      return {
        ...event.payload,
        title: null,
        body: redactedText,
        // Who sent it is a person, too.
        custody: { ...event.payload.custody, remoteAddress: null },
        redacted: { wording: redaction.wording },
      };
    case 'StatementCoded': {
      const claims = event.payload.claims.map((claim) => ofRedaction(claim, position, redaction));
      return { ...event.payload, title: null, claims };
    }
    case 'ClaimReviewed':
      return judgementStub(event.payload, position, redaction);
    case 'ClaimAdded':
      return judgementStub(event.payload, position, redaction);
    case 'StatementReviewed':
      return { ...event.payload, note: null };
    case 'StatementRetracted':
      return { ...event.payload, reason: redactedText };
    case 'CorridorStatusChanged':
      return withoutQuotes(event.payload, [redaction.statementId]);
    case 'CorridorStatusCorrected':
      return withoutQuotes(event.payload, [redaction.statementId]);
    case 'StatusAssessed':
    case 'AssessmentWithdrawn':
      return { ...event.payload, reason: redactedText };
    default:
      return event.payload;
  }
}

/** The claim without its words, and with what they had told. */
export function claimStub(claim: Claim, told: WordsTold): Claim {
  return { ...claim, speakerName: null, quote: redactedText, redacted: told };
}

/** A decision without the words of those statements. */
export function withoutQuotes<
  Decision extends Pick<PayloadOf<'CorridorStatusChanged' | 'CorridorStatusCorrected'>, 'evidence'>,
>(decision: Decision, statementIds: readonly string[]): Decision {
  const evidence = decision.evidence.map((item) =>
    statementIds.includes(item.statementId)
      ? { ...item, quote: redactedText, redacted: true as const }
      : item,
  );
  return { ...decision, evidence };
}

function judgementStub<Judgement extends PayloadOf<'ClaimReviewed' | 'ClaimAdded'>>(
  judgement: Judgement,
  position: number,
  redaction: Redaction,
): Judgement {
  const claim = ofRedaction(judgement.claim, position, redaction);
  return { ...judgement, title: null, claim, note: null };
}

function ofRedaction(claim: Claim, position: number, { claims }: Redaction): Claim {
  const version = claims.find((each) => each.position === position && each.claimId === claim.claimId);
  // The event was decided on the whole stream, so it names every version that the stream holds.
  if (version === undefined)
    throw new RangeError(`The redaction does not name claim ${claim.claimId} at position ${position}`);
  return claimStub(claim, version.told);
}

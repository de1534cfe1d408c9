import { decimalOf, formatSignature, openNote, parseNote, ProofError, type VerifierKey } from '#proofs';

/** What came back for a submission: an answer of whatever kind, or nothing. */
export type WitnessAnswer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly body: string;
      readonly retryAfterMs: number | null;
    }
  | { readonly kind: 'silent'; readonly reason: string };

/** What was submitted. */
export interface Submitted {
  /** The checkpoint as it was sent. */
  readonly note: string;
  readonly size: number;
  /** Where its consistency proof began. */
  readonly oldSize: number;
}

/** What an answer means, and so what to do. */
export type WitnessVerdict =
  /** Done: the line is verified. */
  | { readonly kind: 'cosigned'; readonly line: string }
  /** It knows another size than we thought: go on from there, at once. */
  | { readonly kind: 'elsewhere'; readonly size: number }
  /** It holds a history that is not ours, in whole or in part: an alarm. */
  | { readonly kind: 'contradicted'; readonly reason: string }
  /** It does not take us, or what it says makes no sense: somebody has to set one of the two up anew. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** It cannot now. */
  | { readonly kind: 'away'; readonly reason: string; readonly retryAfterMs: number | null };

/** C2SP tlog-witness, add-checkpoint. */
export function verdictOf(answer: WitnessAnswer, submitted: Submitted, key: VerifierKey): WitnessVerdict {
  if (answer.kind === 'silent') return { kind: 'away', reason: answer.reason, retryAfterMs: null };
  const { status, body, retryAfterMs } = answer;
  switch (status) {
    case 200:
      return cosignedBy(key, body, submitted);
    case 409:
      return conflict(body, submitted);
    case 422:
      return contradicted(
        `it says that size ${submitted.size} does not follow from size ${submitted.oldSize}, which it cosigned`,
      );
    case 403:
      return refused(status, 'it does not know the key that signs', body);
    case 404:
      return refused(status, 'it does not know the log', body);
    default:
      return status === 429 || status >= 500
        ? { kind: 'away', reason: `it answered ${status}`, retryAfterMs }
        : refused(status, 'it does not take what it was sent', body);
  }
}

/** Lines of other keys are let by, as the specification asks. */
function cosignedBy(key: VerifierKey, body: string, { note }: Submitted): WitnessVerdict {
  try {
    const { text } = parseNote(note);
    const { verified } = openNote(`${text}\n${body}`, [key]);
    const [own] = verified;
    if (own !== undefined) return { kind: 'cosigned', line: formatSignature(own.signature) };
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    return {
      kind: 'refused',
      reason: `it answered without a cosignature of its key that holds: ${error.message}`,
    };
  }
  return { kind: 'refused', reason: 'it answered without a cosignature of its key' };
}

function conflict(body: string, { size, oldSize }: Submitted): WitnessVerdict {
  const known = decimalOf(body.replace(/\n$/, ''));
  if (known === null) {
    return oldSize === size
      ? contradicted(`it cosigned another root for size ${size}`)
      : { kind: 'refused', reason: 'it answered 409 without the size that it cosigned' };
  }
  if (known > size) {
    return contradicted(`it cosigned size ${known}, and the log has published no more than ${size}`);
  }
  if (known !== oldSize) return { kind: 'elsewhere', size: known };
  return known === size
    ? contradicted(`it cosigned another root for size ${size}`)
    : { kind: 'refused', reason: `it asks for a proof from size ${known}, which it was sent` };
}

function contradicted(reason: string): WitnessVerdict {
  return { kind: 'contradicted', reason };
}

function refused(status: number, meaning: string, body: string): WitnessVerdict {
  const said = body.trim().slice(0, 200);
  return {
    kind: 'refused',
    reason: `it answered ${status}: ${meaning}${said === '' ? '' : ` (${JSON.stringify(said)})`}`,
  };
}

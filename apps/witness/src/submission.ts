/** The body of add-checkpoint (C2SP tlog-witness): the old size, a consistency proof, a checkpoint. */
export interface Submission {
  readonly oldSize: number;
  /** Hashes of 32 bytes. */
  readonly proof: readonly Buffer[];
  /** The signed note as it came. */
  readonly note: string;
}

export class BadSubmissionError extends Error {
  readonly code = 'bad_submission';
}

const proofLinesMax = 63;
const sizeLine = /^old (0|[1-9]\d{0,15})$/;
const hashLine = /^[A-Za-z0-9+/]{43}=$/;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @throws BadSubmissionError that names the line */
export function readSubmission(bytes: Uint8Array): Submission {
  const body = textOf(bytes);
  const end = body.indexOf('\n\n');
  if (end < 0) throw new BadSubmissionError('An empty line must part the proof from the checkpoint.');
  const [first = '', ...hashes] = body.slice(0, end).split('\n');
  const oldSize = Number(sizeLine.exec(first)?.[1] ?? Number.NaN);
  if (!Number.isSafeInteger(oldSize))
    throw new BadSubmissionError('Line 1 must be "old" and a size in decimal, as in "old 20852014".');
  if (hashes.length > proofLinesMax)
    throw new BadSubmissionError(`A proof has ${proofLinesMax} lines at most, not ${hashes.length}.`);
  return { oldSize, proof: hashes.map(hashOf), note: body.slice(end + 2) };
}

function textOf(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (error) {
    throw new BadSubmissionError('The body must be UTF-8.', { cause: error });
  }
}

function hashOf(line: string, index: number): Buffer {
  const hash = Buffer.from(line, 'base64');
  // Decoding is lenient: only what encodes to the same text again was the hash's own form.
  if (!hashLine.test(line) || hash.toString('base64') !== line)
    throw new BadSubmissionError(`Line ${index + 2} must be a hash of 32 bytes in base64.`);
  return hash;
}

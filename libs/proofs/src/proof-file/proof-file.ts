import { openCheckpoint, type OpenedCheckpoint, type TrustedKeys } from '../checkpoint/signed-checkpoint.ts';
import { base64Bytes, base64Of, decimalOf, quoted, utf8Text } from '../plain-text.ts';
import { ProofError } from '../proof.error.ts';
import { verifyInclusion } from '../tree/proof.verification.ts';
import { hashByteCount, requireHash, requireSize } from '../tree/tree.numbers.ts';

/** Proves offline that a leaf is in the log: its place, its way to the root, and the signed root. C2SP tlog-proof v1. */
export interface ProofFile {
  /** Of the leaf, from 0: one less than its position. */
  readonly index: number;
  readonly proof: readonly Uint8Array[];
  /** The signed note, as the log gave it. */
  readonly checkpoint: string;
  /** Vouched for by nothing. */
  readonly extra?: Uint8Array;
}

const firstLine = 'c2sp.org/tlog-proof@v1';
/** As many as the levels of the largest tree. */
const proofLengthMax = 63;

/** @throws ProofError */
export function formatProofFile({ index, proof, checkpoint, extra }: ProofFile): string {
  requireSize(index, 'index');
  const lines = [
    firstLine,
    ...(extra === undefined ? [] : [`extra ${base64Of(extra)}`]),
    `index ${index}`,
    ...proof.map((hash) => hashLine(hash)),
  ];
  return `${lines.join('\n')}\n\n${checkpoint}`;
}

/** @throws ProofError `malformed_proof_file`, with the line at fault; the checkpoint is not opened */
export function parseProofFile(file: string | Uint8Array): ProofFile {
  const text = utf8Text(file);
  const end = text.indexOf('\n\n');
  if (end === -1) throw malformed('A proof file has an empty line before its checkpoint');
  const lines = text.slice(0, end).split('\n');
  if (lines.shift() !== firstLine) throw malformed(`Line 1 of a proof file is ${firstLine}`);
  const extra = lines[0]?.startsWith('extra ') === true ? parsedExtra(lines.shift() ?? '') : undefined;
  const lineNumber = extra === undefined ? 2 : 3;
  const index = parsedIndex(lines.shift() ?? '', lineNumber);
  if (lines.length > proofLengthMax) {
    throw malformed(`The proof has ${lines.length} hashes, and ${proofLengthMax} are the most`);
  }
  const proof = lines.map((line, at) => parsedHash(line, lineNumber + 1 + at));
  return { index, proof, checkpoint: text.slice(end + 2), ...(extra === undefined ? {} : { extra }) };
}

/**
 * Opens the checkpoint with the trusted keys and walks from the leaf to its root.
 * @throws ProofError
 */
export function verifyProofFile(
  file: string | Uint8Array,
  leafHash: Uint8Array,
  keys: TrustedKeys,
): OpenedCheckpoint & { readonly index: number } {
  const { index, proof, checkpoint: note } = parseProofFile(file);
  const opened = openCheckpoint(note, keys);
  const { size, root } = opened.checkpoint;
  verifyInclusion({ index, size, leafHash, root, proof });
  return { ...opened, index };
}

function parsedExtra(line: string): Buffer {
  const extra = base64Bytes(line.slice('extra '.length));
  if (extra === null || extra.length === 0) throw malformed('Line 2 of the proof file: extra must be base64');
  return extra;
}

function parsedIndex(line: string, lineNumber: number): number {
  const index = line.startsWith('index ') ? decimalOf(line.slice('index '.length)) : null;
  if (index !== null) return index;
  throw malformed(
    `Line ${lineNumber} of the proof file must be "index" and a decimal, and is ${quoted(line)}`,
  );
}

function parsedHash(line: string, lineNumber: number): Buffer {
  const hash = base64Bytes(line);
  if (hash?.length === hashByteCount) return hash;
  throw malformed(`Line ${lineNumber} of the proof file must be a hash in base64, and is ${quoted(line)}`);
}

function hashLine(hash: Uint8Array): string {
  requireHash(hash, 'a hash of the proof');
  return base64Of(hash);
}

function malformed(message: string): ProofError {
  return new ProofError('malformed_proof_file', message);
}

import { base64Bytes, base64Of, decimalOf, quoted, utf8Text } from '../plain-text.ts';
import { ProofError } from '../proof.error.ts';
import { hashByteCount, requireHash, requireSize } from '../tree/tree.numbers.ts';

/** The head of a log: how many leaves, and the root over them. C2SP tlog-checkpoint. */
export interface Checkpoint {
  /** Names the log. */
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  /** Further lines, signed with the others; this project writes none. */
  readonly extensions: readonly string[];
}

/** The text of the note: origin, size, root, and the extensions, a line each. @throws ProofError */
export function formatCheckpoint({ origin, size, root, extensions }: Checkpoint): string {
  requireSize(size, 'size');
  requireHash(root, 'root');
  const lines = [origin, String(size), base64Of(root), ...extensions];
  const empty = lines.findIndex((line) => line === '' || line.includes('\n'));
  if (empty !== -1) throw malformed(`Line ${empty + 1} of a checkpoint must be one line, and not empty`);
  return lines.map((line) => `${line}\n`).join('');
}

/** @throws ProofError `malformed_checkpoint`, with the line at fault */
export function parseCheckpoint(text: string | Uint8Array): Checkpoint {
  const lines = utf8Text(text).split('\n');
  if (lines.pop() !== '') throw malformed('The last line of the checkpoint does not end');
  if (lines.length < 3) {
    throw malformed(`A checkpoint has at least three lines: origin, size and root; this has ${lines.length}`);
  }
  const empty = lines.indexOf('');
  if (empty !== -1) throw malformed(`Line ${empty + 1} of the checkpoint is empty`);
  const [origin = '', size = '', root = '', ...extensions] = lines;
  return { origin, size: parsedSize(size), root: parsedRoot(root), extensions };
}

function parsedSize(text: string): number {
  const size = decimalOf(text);
  if (size !== null) return size;
  throw malformed(`Line 2 of the checkpoint must be the size in decimal, and is ${quoted(text)}`);
}

function parsedRoot(text: string): Buffer {
  const root = base64Bytes(text);
  if (root?.length === hashByteCount) return root;
  throw malformed(`Line 3 of the checkpoint must be the root, 32 bytes in base64, and is ${quoted(text)}`);
}

function malformed(message: string): ProofError {
  return new ProofError('malformed_checkpoint', message);
}

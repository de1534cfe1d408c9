import { base64Bytes, base64Of, quoted, utf8Text } from '../plain-text.ts';
import { ProofError } from '../proof.error.ts';
import { isKeyName, signatureTypes, type SignerKey, type VerifierKey } from './note.keys.ts';

/** A note, taken apart and not yet believed. */
export interface Note {
  /** What is signed: all lines up to the empty one, each with its line end. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export interface NoteSignature {
  readonly name: string;
  readonly keyId: number;
  readonly bytes: Uint8Array;
}

export interface OpenedNote extends Note {
  /** Those of known keys; each holds. */
  readonly verified: readonly { readonly key: VerifierKey; readonly signature: NoteSignature }[];
}

/** C2SP signed-note demands that 16 be read; a note with more is refused, so that nobody is made to check thousands. */
export const signatureCountMax = 16;

/**
 * Opens a note: all signatures of known keys must hold, at least one must be there, others are left alone.
 * @throws ProofError
 */
export function openNote(note: string | Uint8Array, known: readonly VerifierKey[]): OpenedNote {
  const parsed = parseNote(note);
  const verified = parsed.signatures.flatMap((signature) => {
    const key = known.find(({ name, keyId }) => name === signature.name && keyId === signature.keyId);
    if (key === undefined) return [];
    if (!key.verifies(parsed.text, signature.bytes)) {
      throw new ProofError('bad_signature', `The signature of ${key.name} does not hold for this text`);
    }
    return [{ key, signature }];
  });
  if (verified.length === 0) throw noKnownSignature(parsed, known);
  return { ...parsed, verified };
}

/** @throws ProofError where it has not the form of a note; no signature is checked */
export function parseNote(note: string | Uint8Array): Note {
  const whole = utf8Text(note);
  requireNoControls(whole);
  const end = whole.lastIndexOf('\n\n');
  if (end === -1) throw malformed('A note has an empty line before its signatures');
  const lines = whole.slice(end + 2).split('\n');
  if (lines.pop() !== '' || lines.length === 0) {
    throw malformed('A note ends with signatures, each a line of its own');
  }
  if (lines.length > signatureCountMax) {
    throw new ProofError(
      'too_many_signatures',
      `The note has ${lines.length} signatures, and ${signatureCountMax} are the most`,
    );
  }
  return { text: whole.slice(0, end + 1), signatures: lines.map(parseSignature) };
}

/** @param line without its line end */
export function parseSignature(line: string): NoteSignature {
  const [dash, name = '', signature = '', ...rest] = line.split(' ');
  const bytes = base64Bytes(signature);
  if (dash !== '—' || !isKeyName(name) || rest.length > 0 || bytes === null || bytes.length < 5) {
    throw malformed(`${quoted(line)} is no signature: "— name base64"`);
  }
  return { name, keyId: bytes.readUInt32BE(0), bytes: bytes.subarray(4) };
}

/** Ends with its line end, as a witness answers it. */
export function formatSignature({ name, keyId, bytes }: NoteSignature): string {
  const id = Buffer.alloc(4);
  id.writeUInt32BE(keyId);
  return `— ${name} ${base64Of(Buffer.concat([id, bytes]))}\n`;
}

/** @throws ProofError where no note can be made of it */
export function formatNote({ text, signatures }: Note): string {
  const note = `${text}\n${signatures.map(formatSignature).join('')}`;
  // What was written is what will be read, or it is not written.
  if (parseNote(note).text !== text) throw malformed('The text of a note ends with a line end');
  return note;
}

/** @param text ends with a line end */
export function signNote(text: string, key: SignerKey): string {
  return formatNote({ text, signatures: [noteSignature(text, key)] });
}

export function noteSignature(text: string, key: SignerKey): NoteSignature {
  const { name, keyId, type } = key.verifierKey;
  if (type !== signatureTypes.note) {
    throw new ProofError('bad_key', `The key of ${name} is for cosignatures, not for notes`);
  }
  return { name, keyId, bytes: key.sign(Buffer.from(text)) };
}

function requireNoControls(note: string): void {
  // eslint-disable-next-line no-control-regex
  const found = /[\u0000-\u0009\u000b-\u001f]/.exec(note);
  if (found === null) return;
  const line = note.slice(0, found.index).split('\n').length;
  const code = found[0].charCodeAt(0).toString(16).padStart(4, '0');
  throw new ProofError('control_character', `Line ${line} of the note holds the control character U+${code}`);
}

function noKnownSignature({ signatures }: Note, known: readonly VerifierKey[]): ProofError {
  const [signers, keys] = [signatures, known].map((named) =>
    named.map(({ name }) => quoted(name)).join(', '),
  );
  return new ProofError(
    'no_known_signature',
    `Signed by ${signers}, but by none of the keys that are known (${keys})`,
  );
}

function malformed(message: string): ProofError {
  return new ProofError('malformed_note', message);
}

import { type Cosignature, cosignaturesOf } from '../cosignature/cosignature.ts';
import { signatureTypes, type SignerKey, type VerifierKey } from '../note/note.keys.ts';
import { openNote, type OpenedNote, signNote } from '../note/signed-note.ts';
import { quoted } from '../plain-text.ts';
import { ProofError } from '../proof.error.ts';
import { type Checkpoint, formatCheckpoint, parseCheckpoint } from './checkpoint.ts';

/** Whom a reader believes. */
export interface TrustedKeys {
  /** Of the log; a new one beside the old ones after a rotation. */
  readonly log: readonly VerifierKey[];
  readonly witnesses: readonly VerifierKey[];
}

export interface OpenedCheckpoint {
  readonly checkpoint: Checkpoint;
  readonly note: OpenedNote;
  /** The keys of the log that signed; at least one. */
  readonly logKeys: readonly VerifierKey[];
  readonly cosignatures: readonly Cosignature[];
}

export function signCheckpoint(checkpoint: Checkpoint, key: SignerKey): string {
  return signNote(formatCheckpoint(checkpoint), key);
}

/**
 * A key of the log has to have signed: witnesses alone do not make a checkpoint. The key of a log has the name of its
 * origin, so that a key which is trusted for one log cannot speak for another.
 * @throws ProofError
 */
export function openCheckpoint(note: string | Uint8Array, { log, witnesses }: TrustedKeys): OpenedCheckpoint {
  const opened = openNote(note, [...log, ...witnesses]);
  const logKeys = opened.verified.map(({ key }) => key).filter(({ type }) => type === signatureTypes.note);
  const [key] = logKeys;
  if (key === undefined) {
    throw new ProofError('no_known_signature', 'Witnesses have signed the checkpoint, but not its log');
  }
  const checkpoint = parseCheckpoint(opened.text);
  if (logKeys.some(({ name }) => name !== checkpoint.origin)) {
    throw new ProofError(
      'wrong_origin',
      `The checkpoint is of ${quoted(checkpoint.origin)}, and signed by ${quoted(key.name)}`,
    );
  }
  return { checkpoint, note: opened, logKeys, cosignatures: cosignaturesOf(opened) };
}

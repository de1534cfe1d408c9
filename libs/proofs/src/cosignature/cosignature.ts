import { type NoteSignature, type OpenedNote } from '../note/signed-note.ts';
import { signatureTypes, type SignerKey } from '../note/note.keys.ts';
import { ProofError } from '../proof.error.ts';
import { cosignatureBytes, cosignatureTime, cosignedMessage } from './cosignature.message.ts';

/** A witness says: at that time this was the largest tree that I had seen of this log, and it held all before. */
export interface Cosignature {
  readonly name: string;
  readonly keyId: number;
  /** In seconds since 1970, by the clock of the witness. */
  readonly timestamp: number;
}

/**
 * C2SP tlog-cosignature, `cosignature/v1`.
 * @param text of the checkpoint, up to its empty line
 * @param timestamp seconds since 1970
 * @throws ProofError
 */
export function cosign(text: string, timestamp: number, key: SignerKey): NoteSignature {
  const { name, keyId, type } = key.verifierKey;
  if (type !== signatureTypes.cosignature) {
    throw new ProofError('bad_key', `The key of ${name} is for notes, not for cosignatures`);
  }
  if (!Number.isSafeInteger(timestamp) || timestamp < 0) {
    throw new ProofError('bad_timestamp', `${timestamp} is no count of seconds since 1970`);
  }
  const signature = key.sign(cosignedMessage(text, timestamp));
  return { name, keyId, bytes: cosignatureBytes(timestamp, signature) };
}

/** Those of the witnesses that were known when the note was opened; each holds. */
export function cosignaturesOf({ verified }: OpenedNote): readonly Cosignature[] {
  return verified.flatMap(({ key: { name, keyId, type }, signature }) => {
    const timestamp = cosignatureTime(signature.bytes);
    return type === signatureTypes.cosignature && timestamp !== null ? [{ name, keyId, timestamp }] : [];
  });
}

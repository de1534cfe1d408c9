import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { openKeyFile } from '#key-file';
import { formatSkey, parseSkey, type SignerKey, signatureTypes, signerKey } from '#proofs';

export class WitnessKeyError extends Error {
  readonly code = 'bad_witness_key';
}

/**
 * The key in the witness's directory, made on first start.
 * @param name null for the one it was made with; at first one that nobody else has
 * @throws KeyFileError, WitnessKeyError
 */
export async function openWitnessKey(directory: string, name: string | null): Promise<SignerKey> {
  const file = join(directory, 'witness.key');
  const { text } = await openKeyFile(file, () => formatSkey(newKey(name ?? `witness-${randomHex()}`)));
  const key = readKey(file, text);
  const { verifierKey } = key;
  if (name !== null && name !== verifierKey.name)
    throw new WitnessKeyError(
      `Cannot start: WITNESS_NAME is ${name}, and the key in ${file} is of ${verifierKey.name}.`,
    );
  return key;
}

function newKey(name: string): SignerKey {
  return signerKey(name, signatureTypes.cosignature, randomBytes(32));
}

function readKey(file: string, text: string): SignerKey {
  try {
    const key = parseSkey(text);
    if (key.verifierKey.type === signatureTypes.cosignature) return key;
  } catch (error) {
    throw new WitnessKeyError(`Cannot start: ${file} holds no key: ${(error as Error).message}.`, {
      cause: error,
    });
  }
  throw new WitnessKeyError(`Cannot start: the key in ${file} is for notes, not for cosignatures.`);
}

function randomHex(): string {
  return randomBytes(4).toString('hex');
}

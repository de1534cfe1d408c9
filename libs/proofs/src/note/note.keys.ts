import { cosignatureHolds } from '../cosignature/cosignature.message.ts';
import {
  ed25519KeyBytes,
  ed25519PublicKey,
  ed25519Signer,
  ed25519Verifier,
  sha256,
} from '../cryptography.ts';
import { base64Bytes, base64Of, quoted, utf8Text } from '../plain-text.ts';
import { ProofError } from '../proof.error.ts';

/** The byte before a public key that says what its signatures are. Both are Ed25519. */
export const signatureTypes = { note: 0x01, cosignature: 0x04 } as const;
export type SignatureType = (typeof signatureTypes)[keyof typeof signatureTypes];

/** Whose signatures are known: C2SP signed-note tells keys apart by name and id together. */
export interface VerifierKey {
  readonly name: string;
  /** The first four bytes of a hash over name, type and key; an index, no fingerprint. */
  readonly keyId: number;
  readonly type: SignatureType;
  readonly publicKey: Uint8Array;
  /** @param signature what follows the key id; a cosignature begins with its time */
  verifies(text: string, signature: Uint8Array): boolean;
}

export interface SignerKey {
  readonly verifierKey: VerifierKey;
  /** 32 bytes, as secret as the log is honest. */
  readonly seed: Uint8Array;
  sign(message: Uint8Array): Buffer;
}

/** @throws ProofError `bad_key` */
export function verifierKey(name: string, type: SignatureType, publicKey: Uint8Array): VerifierKey {
  requireName(name);
  requireKeyBytes(publicKey);
  const typed = typedKey(type, publicKey);
  const holds = ed25519Verifier(publicKey);
  const verifies: VerifierKey['verifies'] = (text, signature) =>
    type === signatureTypes.note
      ? holds(Buffer.from(text), signature)
      : cosignatureHolds(text, signature, holds);
  return { name, keyId: keyIdOf(name, typed), type, publicKey, verifies };
}

/** @throws ProofError `bad_key` */
export function signerKey(name: string, type: SignatureType, seed: Uint8Array): SignerKey {
  requireKeyBytes(seed);
  return { verifierKey: verifierKey(name, type, ed25519PublicKey(seed)), seed, sign: ed25519Signer(seed) };
}

/** `name+id+base64(type ‖ key)`, which may be known to all. */
export function formatVkey({ name, keyId, type, publicKey }: VerifierKey): string {
  return `${name}+${hexOf(keyId)}+${base64Of(typedKey(type, publicKey))}`;
}

/** @throws ProofError `bad_key` */
export function parseVkey(vkey: string): VerifierKey {
  const { name, keyId, type, bytes } = parsedKey(vkey, 'name+id+key');
  return requireId(verifierKey(name, type, bytes), keyId);
}

const privateMark = 'PRIVATE+KEY+';

/** `PRIVATE+KEY+name+id+base64(type ‖ seed)`, as Go's sumdb/note writes it. A secret. */
export function formatSkey({ verifierKey: { name, keyId, type }, seed }: SignerKey): string {
  return `${privateMark}${name}+${hexOf(keyId)}+${base64Of(typedKey(type, seed))}`;
}

/** @throws ProofError `bad_key`, which never holds what was given */
export function parseSkey(skey: string): SignerKey {
  if (!skey.startsWith(privateMark)) throw badKey(`A private key begins with ${privateMark}`);
  const { name, keyId, type, bytes } = parsedKey(skey.slice(privateMark.length), `${privateMark}name+id+key`);
  const key = signerKey(name, type, bytes);
  requireId(key.verifierKey, keyId);
  return key;
}

/** Key names are written in lines that end with base64, so a space or a plus in them would be read as another line. */
export function isKeyName(name: string): boolean {
  return name !== '' && name.isWellFormed() && !/[\p{White_Space}\p{Cc}+]/u.test(name);
}

function parsedKey(text: string, form: string) {
  const [name = '', id = '', ...rest] = utf8Text(text).split('+');
  // Base64 may hold a plus of its own.
  const typed = base64Bytes(rest.join('+'));
  if (!/^[0-9a-f]{8}$/.test(id) || typed === null) throw badKey(`A key has the form ${form}`);
  const type = Object.values(signatureTypes).find((known) => known === typed[0]);
  if (type === undefined) throw badKey(`The key of ${quoted(name)} is of a type that is not known`);
  return { name, keyId: Number.parseInt(id, 16), type, bytes: typed.subarray(1) };
}

function requireName(name: string): void {
  if (isKeyName(name)) return;
  throw badKey(`${quoted(name)} is no key name: it must not be empty, nor hold spaces or plus`);
}

function requireKeyBytes(bytes: Uint8Array): void {
  if (bytes.length !== ed25519KeyBytes) throw badKey(`An Ed25519 key has ${ed25519KeyBytes} bytes`);
}

function requireId(key: VerifierKey, keyId: number): VerifierKey {
  if (key.keyId === keyId) return key;
  throw badKey(`The id of the key of ${key.name} is ${hexOf(key.keyId)}, not ${hexOf(keyId)} as written`);
}

function typedKey(type: SignatureType, bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(type), bytes]);
}

function keyIdOf(name: string, typed: Uint8Array): number {
  return sha256(Buffer.concat([Buffer.from(`${name}\n`), typed])).readUInt32BE(0);
}

function hexOf(keyId: number): string {
  return keyId.toString(16).padStart(8, '0');
}

function badKey(message: string): ProofError {
  return new ProofError('bad_key', message);
}

import { createHash } from 'node:crypto';

/** The same parts always give the same id (a UUID of version 8), so that a repetition is known as one. */
export function deriveId(...parts: readonly string[]): string {
  // As JSON, since plain joining would give ('a', 'bc') and ('ab', 'c') one id.
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16);
  digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x80, 6);
  digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = digest.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

import { randomBytes } from 'node:crypto';

export const saltByteCount = 16;

/** Asking the system for 16 bytes an event would be a quarter of the work of preparing it. */
let stock = Buffer.alloc(0);

/** 16 random bytes, never given twice. */
export function freshSalt(): Uint8Array {
  if (stock.length === 0) stock = randomBytes(saltByteCount * 256);
  const salt = stock.subarray(0, saltByteCount);
  stock = stock.subarray(saltByteCount);
  return salt;
}

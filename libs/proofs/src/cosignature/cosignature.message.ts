/** Eight bytes of time stand before the Ed25519 signature, and in the message that is signed. C2SP tlog-cosignature. */
const timestampBytes = 8;

/** What a witness signs: its time, and the whole text of the checkpoint. */
export function cosignedMessage(text: string, timestamp: number | bigint): Buffer {
  return Buffer.from(`cosignature/v1\ntime ${timestamp}\n${text}`);
}

export function cosignatureBytes(timestamp: number, signature: Uint8Array): Buffer {
  const time = Buffer.alloc(timestampBytes);
  time.writeBigUInt64BE(BigInt(timestamp));
  return Buffer.concat([time, signature]);
}

/** @returns null where the bytes are too few, or the time is beyond what a number holds without loss */
export function cosignatureTime(bytes: Uint8Array): number | null {
  if (bytes.length < timestampBytes) return null;
  const time = Number(Buffer.from(bytes).readBigUInt64BE());
  return Number.isSafeInteger(time) ? time : null;
}

export function cosignatureHolds(
  text: string,
  bytes: Uint8Array,
  holds: (message: Uint8Array, signature: Uint8Array) => boolean,
): boolean {
  const time = cosignatureTime(bytes);
  return time !== null && holds(cosignedMessage(text, time), bytes.subarray(timestampBytes));
}

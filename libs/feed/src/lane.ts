/** Kafka partitions of the topic, and the unit in which consumers share the work. Dear to change: docs/adr. */
export const laneCount = 12;

export const allLanes: readonly number[] = Array.from({ length: laneCount }, (_, lane) => lane);

/** 32-bit FNV-1a over the key's UTF-8 bytes: the same in every process and on every transport. */
export function laneOf(key: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(key, 'utf8')) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash % laneCount;
}

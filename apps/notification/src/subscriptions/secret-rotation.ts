import { type SealedSecret } from '../deliveries/endpoint.reader.ts';

/** Every secret that signs makes the header longer; receivers parse a handful. */
const secretCountMax = 3;

/** Puts a new secret first; the ones before it sign on for the overlap, or for what is left of an earlier one. */
export function rotated(
  secrets: readonly SealedSecret[],
  sealed: string,
  overlapMs: number,
  nowMs: number,
): readonly SealedSecret[] {
  const endsAtMs = nowMs + overlapMs;
  const older = secrets
    .map((secret) => ({ ...secret, expiresAtMs: Math.min(secret.expiresAtMs ?? Infinity, endsAtMs) }))
    .filter(({ expiresAtMs }) => expiresAtMs > nowMs);
  return [{ sealed, expiresAtMs: null }, ...older].slice(0, secretCountMax);
}

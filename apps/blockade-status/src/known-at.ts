import { z } from 'zod';
import { type Ledger } from '#ledger';

/** `knownAt`: a ledger position, or an instant that stands for the last position recorded by then. */
export const knownAtInput = z.union(
  [
    z
      .string()
      .regex(/^[1-9]\d{0,14}$/)
      .transform(Number),
    z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
    z.iso.date().transform((text) => new Date(text)),
  ],
  'must be a ledger position or an RFC 3339 instant',
);
export type KnownAt = z.output<typeof knownAtInput>;

export class FuturePositionError extends Error {
  readonly code = 'future_position';
  constructor(position: number, head: number) {
    super(`knownAt ${position} is beyond the ledger's last position, ${head}.`);
  }
}

/** @throws FuturePositionError for a position that the ledger has not reached */
export async function positionOf(ledger: Ledger, knownAt: KnownAt): Promise<number> {
  if (knownAt instanceof Date) return ledger.positionAt(knownAt);
  const { position: head } = await ledger.head();
  if (knownAt > head) throw new FuturePositionError(knownAt, head);
  return knownAt;
}

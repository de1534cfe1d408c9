import { z } from 'zod';
import { redactionReason, reviewer } from '#events';

export const redactionInput = z.strictObject({
  reason: redactionReason,
  requestedBy: reviewer.nullable().default(null),
});
export type RedactionInput = z.output<typeof redactionInput>;

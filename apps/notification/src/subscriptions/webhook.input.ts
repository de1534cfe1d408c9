import { z } from 'zod';
import { confidence, corridorId } from '#events';
import { notificationTypes } from '../deliveries/notification.body.ts';
import { secretKey } from '../sending/webhook-secret.ts';

const url = z.string().min(1).max(2_000);
const events = z
  .array(z.enum(notificationTypes, `must be one of ${notificationTypes.join(', ')}`))
  .min(1)
  .max(notificationTypes.length)
  .refine((types) => new Set(types).size === types.length, 'names a type twice');
const corridors = z.array(corridorId).max(500);
const headers = z.record(z.string(), z.string());
const secret = z
  .string()
  .max(200)
  .refine((text) => secretKey(text) !== null, 'must be "whsec_" and base64 of 24 to 64 bytes');

export const webhookInput = z.strictObject({
  url,
  events,
  /** Empty means every corridor. */
  corridors: corridors.default([]),
  /** Status changes of lower confidence are not sent. */
  minConfidence: confidence.nullable().default(null),
  /** One message at a time, each after the one before it. */
  ordered: z.boolean().default(false),
  headers: headers.default({}),
  /** Made when not given. */
  secret: secret.optional(),
});
export type WebhookInput = z.output<typeof webhookInput>;

export const webhookChange = z
  .strictObject({
    url: url.optional(),
    events: events.optional(),
    corridors: corridors.optional(),
    minConfidence: confidence.nullable().optional(),
    ordered: z.boolean().optional(),
    headers: headers.optional(),
    /** Opening it again is a decision about what was held: POST …/enable. */
    enabled: z.literal(false, 'may only be false; use …/enable to enable').optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'changes nothing');
export type WebhookChange = z.output<typeof webhookChange>;

const dayS = 86_400;

export const secretRotation = z.strictObject({
  /** How long the old secret signs beside the new one. */
  overlapSeconds: z
    .int()
    .min(0)
    .max(7 * dayS)
    .default(dayS),
  secret: secret.optional(),
});

export const enabling = z.strictObject({
  /** What becomes of the messages that were held: all, the newest of each corridor, or none is sent. */
  held: z.enum(['deliver', 'latest', 'discard']),
  /** Only counts. */
  dryRun: z.boolean().default(false),
});
export type Enabling = z.output<typeof enabling>;

import { z } from 'zod';
import { defineEvent } from './event-contract.ts';
import { corridorId, day, derivedStatus, flow, storableText } from './words.ts';

const name = storableText.pipe(z.string().min(1).max(200));

/** WGS 84 longitude, latitude. */
const coordinate = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);

export const corridorGeometry = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('Point'), coordinates: coordinate }),
  z.strictObject({ type: z.literal('LineString'), coordinates: z.array(coordinate).min(2).max(10_000) }),
]);

/** What a corridor is: its names, who is party to it, and its state before the first claim. */
export const corridorDefinition = z.strictObject({
  name,
  names: z.record(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/), name).default({}),
  aliases: z.array(name).max(200).default([]),
  contextAliases: z.array(name).max(200).default([]),
  parties: z.array(name).max(50).default([]),
  operators: z.array(name).max(50).default([]),
  primaryTraffic: storableText.pipe(z.string().max(500)).nullable().default(null),
  /** The flows whose passage the headline is about; null where the words of `primaryTraffic` tell. */
  primaryFlows: z.array(flow).min(1).max(6).nullable().default(null),
  /** Days without evidence after which a status is stale, twice as many after which it is unknown. */
  freshnessDays: z
    .strictObject({
      contested: z.int().min(1).max(365).default(3),
      stable: z.int().min(1).max(365).default(14),
    })
    .prefault({}),
  timezone: z
    .string()
    .refine((zone) => isTimeZone(zone), 'is not a time zone of the IANA database')
    .default('UTC'),
  geometry: corridorGeometry.nullable().default(null),
  baseline: z.strictObject({ status: derivedStatus, since: day }).nullable().default(null),
});
export type CorridorDefinition = z.output<typeof corridorDefinition>;

const corridorPayload = z.strictObject({ corridor: corridorId, definition: corridorDefinition });

export const corridorRegistered = defineEvent({
  type: 'CorridorRegistered',
  version: 2,
  schema: corridorPayload,
  upcasters: [liftDefinition],
  keyOf: ({ corridor }) => corridor,
});

export const corridorAmended = defineEvent({
  type: 'CorridorAmended',
  version: 2,
  schema: corridorPayload,
  upcasters: [liftDefinition],
  keyOf: ({ corridor }) => corridor,
});

function liftDefinition(payload: unknown): unknown {
  const first = payload as Record<string, unknown> & { definition: object };
  const { primaryFlows, freshnessDays } = corridorDefinition.parse({ name: '-' });
  return { ...first, definition: { ...first.definition, primaryFlows, freshnessDays } };
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

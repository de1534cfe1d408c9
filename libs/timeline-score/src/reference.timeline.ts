import { z } from 'zod';
import { corridorDefinition, corridorId, day, derivedStatus } from '#events';

const { name, timezone, primaryTraffic } = corridorDefinition.shape;

const evidence = z.object({
  date: day,
  /** One sentence. */
  fact: z.string().regex(/\S/, 'is empty'),
  /** The page that supports it. */
  source: z.string(),
});

const segment = z
  .object({
    from: day,
    to: day,
    status: derivedStatus,
    /** What else could be defended, with the credit that it gets. */
    accept: z.partialRecord(derivedStatus, z.number().min(0).max(1)).default({}),
    /** Strict; a class of traffic that is missing is not scored. */
    flows: z.record(z.string(), derivedStatus).default({}),
    /** False leaves the days out: the sources do not fix them. */
    score: z.boolean().default(true),
    evidence: z.array(evidence).default([]),
  })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'is before `from`' });

const disputedClaim = z.object({
  date: day,
  speaker: z.string().regex(/\S/, 'is empty'),
  /** The status that would hold if one believed it. */
  claims: derivedStatus,
  claim: z.string().regex(/\S/, 'is empty'),
  source: z.string(),
});

/**
 * A corridor's days as a careful compiler reads the public record. Days are local and inclusive. Other fields (notes,
 * confidence, the convention) are for people and let by.
 */
export const referenceTimeline = z.object({
  corridor: corridorId,
  name,
  timezone,
  primaryTraffic,
  segments: z.array(segment).min(1, 'holds no segment'),
  /** Claims by parties or media that the reference does not follow. */
  disputed: z.array(disputedClaim).default([]),
});
export type ReferenceTimeline = z.output<typeof referenceTimeline>;
export type DisputedClaim = ReferenceTimeline['disputed'][number];

/** A day as it was derived, or as the reference has it. */
export interface TimelineDay {
  readonly day: string;
  readonly status: string;
  readonly flows?: Readonly<Record<string, string>> | undefined;
}

export type ReferenceDay = Pick<
  ReferenceTimeline['segments'][number],
  'status' | 'accept' | 'flows' | 'score'
> & { readonly day: string };

/** Every day of the segments, in their order. */
export function daysOfReference({ segments }: ReferenceTimeline): readonly ReferenceDay[] {
  return segments.flatMap(({ from, to, status, accept, flows, score }) =>
    daysBetween(from, to).map((each) => ({ day: each, status, accept, flows, score })),
  );
}

const dayMs = 86_400_000;

/** Whole days from one to the other; negative backwards. */
export function daysApart(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / dayMs;
}

export function dayAfter(from: string, count = 1): string {
  return new Date(Date.parse(from) + count * dayMs).toISOString().slice(0, 10);
}

function daysBetween(from: string, to: string): readonly string[] {
  return Array.from({ length: daysApart(from, to) + 1 }, (_, offset) => dayAfter(from, offset));
}

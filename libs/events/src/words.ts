import { z } from 'zod';

/** The field's standard terms, as closed sets (docs/GLOSSARY.md). */
export const corridorStatus = z.enum(['open', 'restricted', 'blocked']);
export type CorridorStatus = z.output<typeof corridorStatus>;

export const derivedStatus = z.enum(['open', 'restricted', 'blocked', 'unknown']);
export type DerivedStatus = z.output<typeof derivedStatus>;

/** Classes of traffic, each with a status of its own. */
export const flow = z.enum([
  'civilians',
  'commercial',
  'aid_cargo',
  'medical_evacuation',
  'staff',
  'peacekeepers',
]);
export type Flow = z.output<typeof flow>;

/** What a told event did to passage: someone passed or was turned back, someone closed, narrowed or opened the way. */
export const passageEffect = z.enum(['passed', 'turned_back', 'closed', 'restricted', 'opened']);
export type PassageEffect = z.output<typeof passageEffect>;

export const claimType = z.enum([
  'status',
  'denial',
  'demand',
  'condemnation',
  'engagement',
  'commitment',
  'incident',
  'impact',
]);
export type ClaimType = z.output<typeof claimType>;

export const modality = z.enum(['asserted', 'conditional', 'future']);

/** Admiralty code: A completely reliable … E unreliable, F reliability cannot be judged. */
export const reliability = z.enum(['A', 'B', 'C', 'D', 'E', 'F']);
export type Reliability = z.output<typeof reliability>;

export const publisherKind = z.enum([
  'un',
  'icrc',
  'ngo',
  'government',
  'party',
  'news',
  'aggregator',
  'court',
]);
export type PublisherKind = z.output<typeof publisherKind>;

export const confidence = z.enum(['low', 'moderate', 'high']);
export type Confidence = z.output<typeof confidence>;

export const basis = z.enum(['observed', 'declared', 'inferred']);
export type Basis = z.output<typeof basis>;

/** An ISO 8601 calendar day, `2022-12-12`. Postgres has no year 0. */
export const day = z.iso.date().refine((text) => !text.startsWith('0000'), 'must not be in the year 0');

/** An RFC 3339 instant in UTC. */
export const instant = z.iso.datetime();

/** Text that can be stored and hashed: RFC 8785 forbids lone surrogates, Postgres forbids NUL. */
export const storableText = z
  .string()
  .refine((text) => text.isWellFormed(), 'holds a lone surrogate, which is not valid Unicode')
  .refine((text) => !text.includes('\u0000'), 'holds a NUL character');

export const corridorId = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens, as in "lachin-corridor"');

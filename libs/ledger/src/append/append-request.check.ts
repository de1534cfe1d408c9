import { z } from 'zod';
import { day, storableText } from '#events';
import { InvalidEventError } from '../ledger.error.ts';
import { type AppendRequest } from '../ledger.ts';

/** One request is written in one statement, while everyone waits. */
export const requestEventsMax = 5_000;

const label = storableText.pipe(z.string().min(1).max(256));

const appendRequest = z.object({
  streamId: label,
  expectedVersion: z.union([z.literal('any'), z.int32().min(0)]),
  events: z
    .array(
      z.object({
        eventId: z.uuid().regex(/^[^A-Z]*$/, 'must be in lower case'),
        // Postgres has no year 0.
        validFrom: day.regex(/^(?!0000)/, 'has no such year').nullish(),
      }),
    )
    .min(1)
    .max(requestEventsMax),
  cause: z.object({
    actor: label,
    correlationId: label,
    causationId: label.nullable(),
    traceparent: label.nullable(),
  }),
});

/** @throws InvalidEventError */
export function checkAppendRequest(request: AppendRequest): void {
  const result = appendRequest.safeParse(request);
  if (!result.success) throw invalidAt('', result.error);
  const ids = new Set<string>();
  for (const [index, { eventId }] of request.events.entries()) {
    if (ids.has(eventId)) throw new InvalidEventError(`events[${index}].eventId`, 'is given twice');
    ids.add(eventId);
  }
}

/** The first issue, with its path below `base`. */
export function invalidAt(base: string, error: z.ZodError): InvalidEventError {
  const [issue] = error.issues;
  const path = (issue?.path ?? []).reduce<string>(
    (before, step) => (typeof step === 'number' ? `${before}[${step}]` : `${before}.${String(step)}`),
    base,
  );
  return new InvalidEventError(path.replace(/^\./, '') || 'request', issue?.message ?? 'is invalid', {
    cause: error,
  });
}

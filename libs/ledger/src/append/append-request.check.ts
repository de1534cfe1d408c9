import { z } from 'zod';
import { day, storableText } from '#events';
import { InvalidEventError } from '../ledger.error.ts';
import { type AppendRequest, type NewEvent } from '../ledger.ts';

/** One request is written in one statement, while everyone waits. */
const requestEventsMax = 5_000;

const label = storableText.pipe(
  z
    .string()
    .min(1)
    .max(256)
    // They separate the fields on their way into the database.
    .regex(/^\P{Cc}*$/u, 'holds a control character'),
);

const envelope = z.object({
  streamId: label,
  expectedVersion: z.union([z.literal('any'), z.int32().min(0)]),
  cause: z.object({
    actor: label,
    correlationId: label,
    causationId: label.nullable(),
    traceparent: label.nullable(),
  }),
});

const lowerCaseUuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** @throws InvalidEventError */
export function checkAppendRequest(request: AppendRequest): void {
  const result = envelope.safeParse(request);
  if (!result.success) throw invalidAt('', result.error);
  const { events } = request;
  if (events.length === 0 || events.length > requestEventsMax) {
    throw new InvalidEventError('events', `must be 1 to ${requestEventsMax}, not ${events.length}`);
  }
  const ids = new Set<string>();
  for (const [index, event] of events.entries()) {
    checkEvent(event, index);
    if (ids.has(event.eventId)) throw new InvalidEventError(`events[${index}].eventId`, 'is given twice');
    ids.add(event.eventId);
  }
}

/** By hand, since a schema would build each event anew. */
function checkEvent({ eventId, validFrom }: NewEvent, index: number): void {
  if (!lowerCaseUuid.test(eventId)) {
    throw new InvalidEventError(`events[${index}].eventId`, 'must be a UUID in lower case');
  }
  // Postgres has no year 0.
  if (validFrom != null && (validFrom.startsWith('0000') || !day.safeParse(validFrom).success)) {
    throw new InvalidEventError(`events[${index}].validFrom`, 'must be a day, as in "2022-12-12"');
  }
}

/** The first issue, with its path below `base`. */
export function invalidAt(base: string, error: z.ZodError): InvalidEventError {
  const [issue] = error.issues;
  const path = (issue?.path ?? []).reduce<string>(
    (before, step) => (typeof step === 'number' ? `${before}[${step}]` : `${before}.${String(step)}`),
    base,
  );
  const message = issue?.message ?? 'is invalid';
  return new InvalidEventError(path.replace(/^\./, '') || 'request', message, { cause: error });
}

import { type ClientBase } from 'pg';
import { type PreparedAppend, type PreparedEvent } from './prepared-append.ts';

export type AppendOutcome =
  | {
      readonly kind: 'appended';
      /** Of the last event before. */
      readonly position: number;
      readonly streamVersion: number;
      readonly recordedAt: string;
    }
  | { readonly kind: 'known' }
  | { readonly kind: 'conflict'; readonly actualVersion: number };

/** JSON has to escape it, so it can stand between JSON texts: splitting there is cheaper than parsing an array. */
const unitSeparator = '\u001f';

const statement = {
  name: 'ledger-append/1',
  text: `SELECT outcomes, positions, versions, recorded_at FROM ledger.append(
    $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)`,
};

interface OutcomeRow {
  readonly outcomes: readonly number[];
  readonly positions: readonly string[];
  readonly versions: readonly number[];
  readonly recorded_at: string;
}

/** One round trip, and one transaction of its own: MUST NOT be sent inside another. */
export async function appendGroup(
  client: ClientBase,
  group: readonly PreparedAppend[],
  timeoutMs: number,
): Promise<readonly AppendOutcome[]> {
  const query = { ...statement, values: parameters(group), query_timeout: timeoutMs };
  const { rows } = await client.query<OutcomeRow>(query);
  const [row] = rows;
  if (row === undefined) throw new Error('ledger.append answered nothing');
  return group.map((_, index) => outcomeAt(row, index));
}

function outcomeAt({ outcomes, positions, versions, recorded_at }: OutcomeRow, index: number): AppendOutcome {
  const streamVersion = versions[index] ?? 0;
  switch (outcomes[index]) {
    case 0:
      return { kind: 'appended', position: Number(positions[index]), streamVersion, recordedAt: recorded_at };
    case 1:
      return { kind: 'known' };
    case 2:
      return { kind: 'conflict', actualVersion: streamVersion };
    default:
      throw new Error(`ledger.append answered the outcome ${outcomes[index]}`);
  }
}

function parameters(group: readonly PreparedAppend[]): unknown[] {
  const events = group.flatMap(({ events }) => events);
  const perEvent = <Value>(
    value: (append: PreparedAppend, event: PreparedEvent, index: number) => Value,
  ): Value[] => group.flatMap((append) => append.events.map((event, index) => value(append, event, index)));
  const joined = (text: (event: PreparedEvent) => string): string => events.map(text).join(unitSeparator);
  const array = (values: readonly (string | number | boolean)[]): string => `{${values.join(',')}}`;
  return [
    group.map(({ request }) => request.streamId),
    array(
      group.map(({ request: { expectedVersion } }) => (expectedVersion === 'any' ? -1 : expectedVersion)),
    ),
    array(group.map((append) => append.events.length)),
    array(group.flatMap((append, index) => append.events.map(() => index + 1))),
    array(perEvent((_append, _event, index) => index + 1)),
    perEvent(({ request }) => request.streamId),
    array(events.map(({ event }) => event.eventId)),
    array(events.map(({ event }) => event.type)),
    array(events.map(({ schemaVersion }) => schemaVersion)),
    joined(({ canonicalPayload }) => canonicalPayload),
    array(events.map(({ erasable }) => erasable)),
    Buffer.concat(events.map(({ salt }) => salt)),
    Buffer.concat(events.map(({ payloadHash }) => payloadHash)),
    events.map(({ key }) => key),
    events.map(({ event }) => event.validFrom ?? null),
    perEvent(({ request }) => request.cause.actor),
    perEvent(({ request }) => request.cause.correlationId),
    perEvent(({ request }) => request.cause.causationId),
    perEvent(({ request }) => request.cause.traceparent),
    joined(({ leaf }) => leaf.beforePosition),
    joined(({ leaf }) => leaf.beforeVersion),
    joined(({ leaf }) => leaf.end),
  ];
}

import { type ClientBase } from 'pg';
import { saltByteCount } from './fresh-salt.ts';
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

/** What ASCII has for it. JSON has to escape both, so payloads cannot hold them; keys and labels are kept free. */
const recordSeparator = '\u001e';
const unitSeparator = '\u001f';

const statement = {
  name: 'ledger-append/1',
  text: `SELECT head, recorded_at, versions, offsets, known
    FROM ledger.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
};

interface OutcomeRow {
  readonly head: string;
  readonly recorded_at: string | null;
  /** These three are null when every request was written as it was asked for. */
  readonly versions: readonly number[] | null;
  readonly offsets: readonly number[] | null;
  readonly known: readonly number[] | null;
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
  const { head, recorded_at, versions, offsets, known } = row;
  let offset = 0;
  return group.map(({ request: { expectedVersion }, events }, index): AppendOutcome => {
    const streamVersion = versions?.[index] ?? Number(expectedVersion);
    const before = offsets?.[index] ?? offset;
    offset += events.length;
    if (before < 0 || recorded_at === null) {
      return known?.includes(index + 1) === true
        ? { kind: 'known' }
        : { kind: 'conflict', actualVersion: streamVersion };
    }
    return { kind: 'appended', position: Number(head) + before, streamVersion, recordedAt: recorded_at };
  });
}

/** In one pass: a thousand events are laid out while others wait for their turn. */
function parameters(group: readonly PreparedAppend[]): unknown[] {
  const expectedVersions: number[] = [];
  const offsets: number[] = [];
  const requests: number[] = [];
  const eventIds: string[] = [];
  const erasable: boolean[] = [];
  const records: string[] = [];
  const payloads: string[] = [];
  const salts: Uint8Array[] = [];
  let payloadHashes = '';
  for (const append of group) {
    const { expectedVersion } = append.request;
    expectedVersions.push(expectedVersion === 'any' ? -1 : expectedVersion);
    offsets.push(eventIds.length);
    const shared = sharedFields(append);
    for (const event of append.events) {
      requests.push(offsets.length);
      eventIds.push(event.event.eventId);
      erasable.push(event.erasable);
      records.push(shared + ownFields(event));
      payloads.push(event.canonicalPayload);
      salts.push(event.salt);
      payloadHashes += event.payloadHash;
    }
  }
  return [
    group.map(({ streamId }) => streamId),
    arrayLiteral(expectedVersions),
    arrayLiteral(offsets),
    arrayLiteral(requests),
    arrayLiteral(eventIds),
    arrayLiteral(erasable),
    records.join(recordSeparator),
    payloads.join(recordSeparator),
    Buffer.concat(salts, salts.length * saltByteCount),
    Buffer.from(payloadHashes, 'hex'),
  ];
}

function sharedFields({ streamId, request: { cause }, leafBeforeVersion }: PreparedAppend): string {
  const { actor, correlationId, causationId, traceparent } = cause;
  return [streamId, actor, correlationId, causationId, traceparent, leafBeforeVersion, ''].join(
    unitSeparator,
  );
}

function ownFields({ event, schemaVersion, key, leafBeforePosition, leafEnd }: PreparedEvent): string {
  const { type, validFrom } = event;
  return [type, schemaVersion, key, validFrom, leafBeforePosition, leafEnd].join(unitSeparator);
}

function arrayLiteral(values: readonly (number | string | boolean)[]): string {
  return `{${values.join(',')}}`;
}

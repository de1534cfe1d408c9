import { createHash } from 'node:crypto';
import { type ClientBase } from 'pg';
import { z } from 'zod';
import { payloadIsAway } from './event.check.ts';
import { type EventRow } from './event-row.ts';
import { faultAt, type LedgerFault } from './ledger-fault.ts';

const payloadsErased = z.object({
  replaced: z.array(z.object({ position: z.int(), schemaVersion: z.int(), stubSha256: z.string() })),
});

interface Erasure {
  readonly erasedBy: number;
  readonly schemaVersion: number;
  readonly stubSha256: string;
}

interface StubRow {
  readonly position: string;
  readonly schema_version: number;
  readonly payload: string;
  readonly erased_by: string;
}

/** Whether each payload that is gone was redacted, and reads as the redaction says. */
export class ErasureCheck {
  /** Payloads that are gone, until an event is found that erased them. */
  private readonly away = new Set<number>();
  private readonly erasures = new Map<number, Erasure>();

  take(row: EventRow): void {
    if (payloadIsAway(row)) this.away.add(row.position);
    if (row.type !== 'PayloadsErased') return;
    // A payload that was altered was told already.
    const parsed = payloadsErased.safeParse(JSON.parse(row.own?.payload ?? 'null'));
    for (const { position, ...erasure } of parsed.data?.replaced ?? [])
      this.erasures.set(position, { ...erasure, erasedBy: row.position });
  }

  /** @param intactBefore events from there on were altered, so what they erased is not known */
  async faults(client: ClientBase, intactBefore: number): Promise<readonly LedgerFault[]> {
    const { rows } = await client.query<StubRow>(
      'SELECT position, schema_version, payload::text, erased_by FROM ledger.redacted_payload ORDER BY position',
    );
    const stubs = new Map(rows.map((row) => [Number(row.position), row]));
    const concerned = [...new Set([...this.away, ...this.erasures.keys(), ...stubs.keys()])];
    return concerned
      .filter((position) => {
        const erasedBy = [this.erasures.get(position)?.erasedBy, stubs.get(position)?.erased_by];
        return erasedBy.every((by) => Number(by ?? 0) < intactBefore);
      })
      .sort((a, b) => a - b)
      .flatMap((position) => this.faultsAt(position, stubs.get(position)));
  }

  private faultsAt(position: number, stub: StubRow | undefined): readonly LedgerFault[] {
    const erasure = this.erasures.get(position);
    if (erasure === undefined)
      return this.away.has(position)
        ? [faultAt('payload_vanished', position, 'the payload is gone, and no event has erased it')]
        : [faultAt('stub_altered', position, 'a stub stands in for a payload that no event has erased')];
    if (!this.away.has(position))
      return [
        faultAt('payload_exposed', position, `the payload is there, though ${erasure.erasedBy} erased it`),
      ];
    if (stub === undefined || !isStubOf(stub, erasure))
      return [faultAt('stub_altered', position, `the stub is not the one that ${erasure.erasedBy} recorded`)];
    return [];
  }
}

function isStubOf({ schema_version, payload, erased_by }: StubRow, erasure: Erasure): boolean {
  const sha256 = createHash('sha256').update(payload).digest('hex');
  return (
    sha256 === erasure.stubSha256 &&
    schema_version === erasure.schemaVersion &&
    Number(erased_by) === erasure.erasedBy
  );
}

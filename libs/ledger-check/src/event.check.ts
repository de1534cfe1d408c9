import { createHash } from 'node:crypto';
import { type FirstLeaf, type Leaf, leafHash } from '#proofs';
import { type EventRow, type Stored } from './event-row.ts';
import { faultAt, type LedgerFault } from './ledger-fault.ts';

/** What one row says against itself; empty when all of it fits. */
export function faultsOfRow(row: EventRow): readonly LedgerFault[] {
  return [...payloadFaults(row), ...leafFaults(row)];
}

/** No payload at all is no fault yet: it may have been redacted, which only later events tell. */
export function payloadIsAway({ own, erasable }: EventRow): boolean {
  return own === null && erasable === null;
}

function payloadFaults({ position, payloadHash, own, erasable }: EventRow): readonly LedgerFault[] {
  if (own !== null && erasable !== null)
    return [faultAt('payload_altered', position, 'the payload lies in two places')];
  const stored = own ?? erasable;
  if (stored === null || hashOf(stored)?.equals(payloadHash) === true) return [];
  return [faultAt('payload_altered', position, 'the payload or its salt is not the one that was hashed')];
}

/** The stored text is what was hashed, so nothing is parsed: any other byte of it gives another hash. */
function hashOf({ payload, salt }: Stored): Buffer | null {
  if (payload === null || salt === null) return null;
  return createHash('sha256').update(salt).update(payload).digest();
}

function leafFaults(row: EventRow): readonly LedgerFault[] {
  const leaf = leafOf(row);
  if (leafHash(leaf).equals(row.leafHash)) return [];
  const first: FirstLeaf = { ...leaf, v: 1 };
  if (leafHash(first).equals(row.leafHash)) return [];
  return [faultAt('event_altered', row.position, 'the event is not the one that its leaf hash was taken of')];
}

export function leafOf(row: EventRow): Leaf {
  const { schemaVersion: payloadVersion, payloadHash, ...rest } = row;
  return { ...rest, v: 2, payloadVersion, payloadHash: payloadHash.toString('hex') };
}

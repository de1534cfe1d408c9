import { base64Of, type FirstLeaf, type Leaf } from '#proofs';
import { type EventState, type LedgerRecord, type LogSizes, stateOf } from '#transparency';

/** An event as an auditor sees it: what its leaf vouches for, and the payload as it was written. */
export interface RecordView {
  readonly position: number;
  readonly state: EventState | null;
  readonly leaf: Leaf | FirstLeaf;
  /** Base64, as in proofs and tiles. */
  readonly leafHash: string;
  /** Hex; hashed before the payload. Null with it when they were erased. */
  readonly salt: string | null;
  readonly payload: unknown;
  /** By which event, and what is read in the payload's place; null when nothing was erased. */
  readonly erased: { readonly erasedBy: number; readonly stub: unknown } | null;
}

export function recordView({ leaf, leafHash, content }: LedgerRecord, sizes: LogSizes): RecordView {
  const kept = 'salt' in content;
  return {
    position: leaf.position,
    state: stateOf(leaf.position, sizes),
    leaf,
    leafHash: base64Of(leafHash),
    salt: kept ? content.salt.toString('hex') : null,
    payload: kept ? content.payload : null,
    erased: kept ? null : content,
  };
}

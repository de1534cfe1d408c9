/** What does not fit, and where: one position, or the narrowest range of them that anything was signed for. */
export interface LedgerFault {
  readonly code: LedgerFaultCode;
  readonly from: number;
  readonly to: number;
  readonly message: string;
}

/** Stable names; the README says what each means. */
export type LedgerFaultCode =
  | 'missing_event'
  | 'event_beyond_head'
  | 'head_moved'
  | 'time_went_back'
  | 'stream_broken'
  | 'payload_altered'
  | 'payload_vanished'
  | 'payload_exposed'
  | 'stub_altered'
  | 'event_altered'
  | 'leaf_replaced'
  | 'tree_altered'
  | 'checkpoint_forged'
  | 'history_rewritten'
  | 'history_cut_off';

export function faultAt(code: LedgerFaultCode, position: number, message: string): LedgerFault {
  return { code, from: position, to: position, message: `Position ${position}: ${message}` };
}

export function faultWithin(code: LedgerFaultCode, from: number, to: number, message: string): LedgerFault {
  if (from === to) return faultAt(code, from, message);
  return { code, from, to, message: `Positions ${from} to ${to}: ${message}` };
}

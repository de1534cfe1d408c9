import { type LedgerFault } from './ledger-fault.ts';

export const faultsMax = 100;
/** Among them may be ranges that a later finding makes superfluous. */
const keptMax = 10 * faultsMax;

/** What was found, however much it is. */
export class FaultList {
  private readonly faults: LedgerFault[] = [];

  add(more: readonly LedgerFault[]): void {
    if (this.faults.length < keptMax) this.faults.push(...more.slice(0, faultsMax));
  }

  /** From where on something is wrong. */
  firstPosition(): number {
    return this.faults.reduce((first, { from }) => Math.min(first, from), Infinity);
  }

  /** Where it is known which event was altered, what is told of a range around it tells nothing more. */
  list(): readonly LedgerFault[] {
    return this.faults
      .filter((wide) => !isRange(wide) || !this.faults.some((narrow) => isBeginningWithin(narrow, wide)))
      .sort((a, b) => a.from - b.from || a.to - b.to)
      .slice(0, faultsMax);
  }
}

/** Told of events that may be innocent: between two times, or since the last checkpoint that fits. */
function isRange({ code }: LedgerFault): boolean {
  return code === 'history_rewritten' || code === 'history_cut_off' || code === 'time_went_back';
}

function isBeginningWithin(narrow: LedgerFault, wide: LedgerFault): boolean {
  if (narrow.code === 'time_went_back' || narrow.code === 'stream_broken') return false;
  const isNarrower = narrow.from > wide.from || (narrow.from === wide.from && narrow.to < wide.to);
  return isNarrower && narrow.from <= wide.to;
}

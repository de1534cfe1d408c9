import { type Tx } from '#projection';
import { readClaims } from './claim-rows.ts';
import { evidenceOf, type CorridorEvidence } from './corridor-evidence.ts';
import { type CorridorRow, readCorridors } from './corridor-rows.ts';
import { readSettings } from './setting-rows.ts';
import { type StatusRules } from './status-rules.ts';

const corridorsMax = 500;
/** A claim takes about a kilobyte. */
const claimsMax = 250_000;

interface Kept {
  readonly evidence: CorridorEvidence;
  readonly version: string;
}

/**
 * Keeps the evidence of the corridors used last, so that an event need not read all claims again. A copy counts
 * only while the corridor's row is the one that it was written with: a failed transaction, another instance that held
 * the lane meanwhile, or tables that took the place of others leave a copy that is not taken.
 */
export class EvidenceShelf {
  private readonly kept = new Map<string, Kept>();
  private readonly rules: StatusRules;

  constructor(rules: StatusRules) {
    this.rules = rules;
  }

  async take(tx: Tx, corridors: readonly string[]): Promise<Map<string, CorridorEvidence>> {
    const taken = new Map<string, CorridorEvidence>();
    for (const [corridor, row] of await readCorridors(tx, corridors)) {
      const kept = this.kept.get(corridor);
      taken.set(corridor, kept?.version === row.version ? kept.evidence : await this.read(tx, corridor, row));
    }
    return taken;
  }

  /** @param versions of the rows that they were written with */
  put(evidences: Iterable<CorridorEvidence>, versions: ReadonlyMap<string, string>): void {
    for (const evidence of evidences) {
      // Re-inserted, so that the map's order is the order of use and the first is the one to go.
      this.kept.delete(evidence.corridor);
      const version = versions.get(evidence.corridor);
      if (version !== undefined) this.kept.set(evidence.corridor, { evidence, version });
    }
    let claimCount = [...this.kept.values()].reduce((sum, { evidence }) => sum + claimCountOf(evidence), 0);
    for (const [corridor, { evidence }] of this.kept) {
      // The last one used stays, however large it is: the next event is likely to be its own.
      if (this.kept.size === 1 || (this.kept.size <= corridorsMax && claimCount <= claimsMax)) break;
      this.kept.delete(corridor);
      claimCount -= claimCountOf(evidence);
    }
  }

  private async read(
    tx: Tx,
    corridor: string,
    { definition, position }: CorridorRow,
  ): Promise<CorridorEvidence> {
    const settings = await readSettings(tx, corridor, position, definition, this.rules);
    return evidenceOf(corridor, definition, settings, await readClaims(tx, corridor, null), position);
  }
}

function claimCountOf({ book }: CorridorEvidence): number {
  return book.days.reduce((sum, { claims }) => sum + claims.length, 0);
}

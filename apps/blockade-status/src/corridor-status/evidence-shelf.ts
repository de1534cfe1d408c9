import { type Tx } from '#projection';
import { readClaims } from './claim-rows.ts';
import { evidenceOf, type CorridorEvidence } from './corridor-evidence.ts';
import { readCorridors } from './corridor-rows.ts';

const corridorsMax = 500;

/**
 * Keeps the evidence of the corridors used last, so that an event need not read all claims again. A copy counts
 * only while the corridor's row stands at the same position: a failed transaction, or another instance that held
 * the lane meanwhile, leaves a copy that is not taken.
 */
export class EvidenceShelf {
  private readonly kept = new Map<string, CorridorEvidence>();

  async take(tx: Tx, corridors: readonly string[]): Promise<Map<string, CorridorEvidence>> {
    const taken = new Map<string, CorridorEvidence>();
    for (const [corridor, { definition, position }] of await readCorridors(tx, corridors)) {
      const kept = this.kept.get(corridor);
      taken.set(
        corridor,
        kept?.position === position
          ? kept
          : evidenceOf(corridor, definition, await readClaims(tx, corridor, null), position),
      );
    }
    return taken;
  }

  put(evidences: Iterable<CorridorEvidence>): void {
    for (const evidence of evidences) {
      // Re-inserted, so that the map's order is the order of use and the first is the one to go.
      this.kept.delete(evidence.corridor);
      this.kept.set(evidence.corridor, evidence);
    }
    for (const corridor of this.kept.keys()) {
      if (this.kept.size <= corridorsMax) break;
      this.kept.delete(corridor);
    }
  }
}

import { type Pool } from 'pg';
import { type CorridorDefinition } from '#events';
import { laneOf } from '#feed';
import { type DerivedState } from '#status';
import { asOfPosition, type AsOf } from '../as-of.ts';
import { coveringCheckpoint, type CoveringCheckpoint } from '../audit/covering-checkpoint.ts';

/** A corridor's row as one transaction wrote it. */
export interface LatestState {
  readonly definition: CorridorDefinition;
  readonly state: DerivedState;
  /** The local day from which on, without end, the state holds. */
  readonly holdsFrom: string | null;
  readonly rule: string;
}

interface KnownState {
  readonly version: string;
  readonly latest: LatestState;
}

interface Row {
  readonly version: string;
  /** Null when the version is the known one. */
  readonly latest: LatestState | null;
  readonly position: string | null;
  readonly size: string | null;
  readonly root: string | null;
}

/** A state, and what it reflects. */
export interface LatestRead {
  readonly latest: LatestState;
  readonly asOf: AsOf;
  readonly checkpoint: CoveringCheckpoint | null;
}

const statesMax = 200;

/**
 * Asks for every answer, whoever may have written meanwhile, but fetches and parses a row only when it is another one
 * than last time: a state with its evidence is tens of kilobytes.
 */
export class LatestStates {
  private readonly known = new Map<string, KnownState>();
  private readonly pool: Pool;

  constructor(pool: Pool) {
    this.pool = pool;
  }

  /** The same object again for as long as its row is not written; null for a corridor that has none. */
  async read(corridor: string): Promise<LatestRead | null> {
    const known = this.known.get(corridor);
    const row = await this.select(corridor, known?.version ?? null);
    // Not what is known by now: the row was held against what was known before.
    const latest = row?.latest ?? known?.latest;
    if (row === undefined || latest === undefined) return null;
    this.remember(corridor, { version: row.version, latest });
    const { position, size, root } = row;
    const asOf = await asOfPosition(this.pool, Number(position ?? 0));
    return { latest, asOf, checkpoint: size === null || root === null ? null : { size: Number(size), root } };
  }

  /**
   * State, position and its checkpoint in one statement, so that the state is the one at `asOf`. The version is the transaction that
   * wrote the row, since rebuilt rows may differ at the same position.
   */
  private async select(corridor: string, version: string | null): Promise<Row | undefined> {
    const { rows } = await this.pool.query<Row>({
      // Named, since both tables stay small: any plan for them is as good as another.
      name: 'latest_state_3',
      text: `SELECT c.xmin::text AS version,
          CASE WHEN c.xmin::text IS DISTINCT FROM $3::text THEN json_build_object(
            'definition', definition, 'state', state, 'holdsFrom', holds_from::text, 'rule', rule) END AS latest,
          p.position, k.size, k.root
        FROM blockade_status.corridor AS c
        CROSS JOIN (SELECT max(position) AS position FROM blockade_status.checkpoint
          WHERE projector = 'corridor-status' AND lane = $2) AS p
        LEFT JOIN LATERAL ${coveringCheckpoint('p.position')} AS k ON true
        WHERE corridor = $1`,
      values: [corridor, laneOf(corridor), version],
    });
    return rows[0];
  }

  /** Lets go of the one that was asked for longest ago: a map keeps the order of insertion. */
  private remember(corridor: string, state: KnownState): void {
    this.known.delete(corridor);
    this.known.set(corridor, state);
    const [longestAgo] = this.known.keys();
    if (this.known.size > statesMax && longestAgo !== undefined) this.known.delete(longestAgo);
  }
}

import { laneOf, type LanePositions } from '#feed';
import { type Tx } from '#projection';

/** How far the live projectors of a schema are, by their names and lanes. */
export class LivePositions {
  private constructor(private readonly lanes: ReadonlyMap<string, LanePositions>) {}

  static async read(db: Tx, schema: string, projectors: readonly string[]): Promise<LivePositions> {
    const { rows } = await db.query<{ projector: string; lane: number; position: string }>(
      `SELECT projector, lane, position FROM ${schema}.checkpoint WHERE projector = ANY ($1)`,
      [projectors],
    );
    const byProjector = Map.groupBy(rows, ({ projector }) => projector);
    return new LivePositions(
      new Map(
        projectors.map((projector) => [
          projector,
          new Map(byProjector.get(projector)?.map(({ lane, position }) => [lane, Number(position)])),
        ]),
      ),
    );
  }

  /** Beyond it no projector has anything. */
  get last(): number {
    return Math.max(0, ...[...this.lanes.values()].flatMap((lanes) => [...lanes.values()]));
  }

  /** A lane moves with its own events alone, so that it has to be asked about each event's. */
  holds({ key, position }: { readonly key: string; readonly position: number }, projector?: string): boolean {
    const lane = laneOf(key);
    const asked = projector === undefined ? [...this.lanes.values()] : [this.lanes.get(projector)];
    return asked.every((lanes) => (lanes?.get(lane) ?? 0) >= position);
  }

  /** Of one projector; none behind `atLeast`. */
  of(projector: string, lanes: readonly number[], atLeast: number): LanePositions {
    const known = this.lanes.get(projector);
    return new Map(lanes.map((lane) => [lane, Math.max(known?.get(lane) ?? 0, atLeast)]));
  }
}

/** A row that holds for a day, known from a position until a position; null while it is known. */
export interface KnownRow<Value> {
  readonly corridor: string;
  readonly day: string;
  readonly from: number;
  until: number | null;
  readonly value: Value;
}

/** A row from before the batch, which is known no longer from that position on. */
export interface EndedRow {
  readonly corridor: string;
  readonly day: string;
  readonly until: number;
}

/**
 * What a batch of events does to rows of which a corridor has one a day at any position. A row that begins and ends
 * within the batch is written all the same: someone may ask for what was known in between.
 */
export class KnownRows<Value> {
  readonly begun: KnownRow<Value>[] = [];
  readonly ended: EndedRow[] = [];
  private readonly open = new Map<string, KnownRow<Value>>();

  /** The days whose row ends MUST have one. */
  turn(
    corridor: string,
    position: number,
    change: { readonly ended: readonly string[]; readonly begun: readonly (readonly [string, Value])[] },
  ): void {
    for (const day of change.ended) this.end(corridor, day, position);
    for (const [day, value] of change.begun) {
      const row = { corridor, day, from: position, until: null, value };
      this.open.set(`${corridor} ${day}`, row);
      this.begun.push(row);
    }
  }

  private end(corridor: string, day: string, until: number): void {
    const key = `${corridor} ${day}`;
    const row = this.open.get(key);
    this.open.delete(key);
    if (row === undefined) this.ended.push({ corridor, day, until });
    else row.until = until;
  }
}

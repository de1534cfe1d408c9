import { type Projector, type Tx } from '#projection';
import { type Difference } from './difference.ts';

/**
 * What an earlier position can be told of from the rows of a table.
 * `written_once`: rows are never changed; `position` is the column of the ledger position that brought each.
 * `versioned`: known from a position until a position; the columns in `endings` are set when a row ends.
 * `latest`: only how things are now; a row tells of an earlier position while no later event touched it. `stream` (or
 * `key`) is an SQL expression over the table, named `t`: the stream (or key) of the events that touch the row.
 */
export type History =
  | { readonly kind: 'written_once'; readonly position: string }
  | {
      readonly kind: 'versioned';
      readonly from: string;
      readonly until: string;
      readonly endings: readonly string[];
    }
  | { readonly kind: 'latest'; readonly touchedBy: { readonly stream: string } | { readonly key: string } };

export interface ReplayedTable {
  readonly table: string;
  /** The columns that a row is known by. */
  readonly key: readonly string[];
  readonly history: History;
  /** Indexes that the projectors read by; those for readers alone are made when the tables are switched to. */
  readonly indexes?: readonly string[];
  /** Columns that are not derived from the ledger; `why` says what they are. */
  readonly without?: { readonly columns: readonly string[]; readonly why: string };
  /**
   * Rows that also hold what no event says stay where they are in a switch; and who records an event may write them
   * before the projector does.
   */
  readonly mixed?: true;
}

export interface FurtherComparison {
  readonly counts: Readonly<Record<string, number>>;
  readonly differences: readonly Difference[];
  readonly differenceCount: number;
}

/** A schema whose tables can be filled from the ledger alone. */
export interface Replayable {
  readonly schema: string;
  readonly tables: readonly ReplayedTable[];
  /** Tables that exist only while a replay runs; the live ones of the name are empty. */
  readonly scratch: readonly string[];
  readonly leftOut: readonly { readonly table: string; readonly why: string }[];
  /**
   * For one replay each, since a projector remembers what it has read. They MUST write through `tx` alone: nothing to
   * the ledger, nothing to anyone outside.
   */
  readonly projectors: () => readonly Projector[];
  /** What there is to compare beyond the tables; names without a schema are those of the rebuilt tables. */
  readonly compareFurther?: (tx: Tx) => Promise<FurtherComparison>;
}

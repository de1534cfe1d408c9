import { type Difference } from './difference.ts';
import { type Replayable } from './replayable.ts';
import { type TableResult } from './table.comparison.ts';

/** What a part found out; kept with it as JSON. */
export interface PartResult {
  readonly tables: readonly TableResult[];
  /** What was compared beyond the tables, in counts. */
  readonly further: readonly Readonly<Record<string, number>>[];
  readonly leftOut: readonly (Replayable['leftOut'][number] & { readonly schema: string })[];
  /** Keys whose events cannot be applied in the replay either, or wait in the live projection. */
  readonly parked: readonly {
    readonly schema: string;
    readonly side: 'live' | 'replayed';
    readonly projector: string;
    readonly key: string;
    readonly reason: string;
  }[];
  readonly differenceCount: number;
  readonly differences: readonly Difference[];
}

import { type Pool } from 'pg';
import { type CorridorDefinition } from '#events';
import { type Ledger } from '#ledger';
import { addClaims, emptyBook, type EvidenceBook } from '#status';
import { asOfPosition, currentAsOf, type AsOf } from '../as-of.ts';
import { CorridorNotKnownThenError, UnknownCorridorError } from '../corridors/corridor.refusals.ts';
import { positionOf, type KnownAt } from '../known-at.ts';
import { readClaims } from './claim-rows.ts';
import { readCorridors, readDefinition } from './corridor-rows.ts';

export interface KnownCorridor {
  readonly definition: CorridorDefinition;
  readonly book: EvidenceBook;
  readonly asOf: AsOf;
}

/**
 * A corridor's evidence as it was known at a moment; all that is known now without one. Also "now" is read as a
 * position, so that an answer holds nothing that was applied after its `asOf`.
 * @throws UnknownCorridorError
 * @throws CorridorNotKnownThenError
 */
export async function readBook(
  pool: Pool,
  ledger: Ledger,
  corridor: string,
  knownAt: KnownAt | undefined,
): Promise<KnownCorridor> {
  const asOf =
    knownAt === undefined
      ? await currentAsOf(pool, corridor)
      : await asOfPosition(pool, await positionOf(pool, ledger, corridor, knownAt));
  const definition = await readDefinition(pool, corridor, asOf.position);
  if (definition === null) {
    if ((await readCorridors(pool, [corridor])).size === 0) throw new UnknownCorridorError(corridor);
    throw new CorridorNotKnownThenError(corridor, asOf.position);
  }
  const book = addClaims(emptyBook(definition), await readClaims(pool, corridor, asOf.position));
  return { definition, book, asOf };
}

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
 * A corridor's evidence as it was known at a moment; all that is known now without one.
 * @throws UnknownCorridorError
 * @throws CorridorNotKnownThenError
 */
export async function readBook(
  pool: Pool,
  ledger: Ledger,
  corridor: string,
  knownAt: KnownAt | undefined,
): Promise<KnownCorridor> {
  const current = (await readCorridors(pool, [corridor])).get(corridor);
  if (current === undefined) throw new UnknownCorridorError(corridor);
  const position = knownAt === undefined ? null : await positionOf(ledger, knownAt);
  const definition = position === null ? current.definition : await readDefinition(pool, corridor, position);
  if (definition === null) throw new CorridorNotKnownThenError(corridor, position ?? 0);
  const asOf = position === null ? await currentAsOf(pool, corridor) : await asOfPosition(pool, position);
  const book = addClaims(emptyBook(definition), await readClaims(pool, corridor, position));
  return { definition, book, asOf };
}

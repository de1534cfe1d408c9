import { type Pool } from 'pg';
import { type CorridorDefinition } from '#events';
import { type Ledger } from '#ledger';
import { asOfPosition, currentAsOf, type AsOf } from '../as-of.ts';
import { readCorridors, readDefinition } from '../corridor-status/corridor-rows.ts';
import { positionOf, type KnownAt } from '../known-at.ts';
import { CorridorNotKnownThenError, UnknownCorridorError } from './corridor.refusals.ts';

/** A corridor as it was defined at the ledger position that an answer about it reflects. */
export interface DefinedCorridor {
  readonly definition: CorridorDefinition;
  readonly asOf: AsOf;
}

/**
 * Also "now" is read as a position, so that an answer holds nothing that was applied after its `asOf`.
 * @throws UnknownCorridorError
 * @throws CorridorNotKnownThenError
 */
export async function readDefinedCorridor(
  pool: Pool,
  ledger: Ledger,
  corridor: string,
  knownAt: KnownAt | undefined,
): Promise<DefinedCorridor> {
  const asOf =
    knownAt === undefined
      ? await currentAsOf(pool, corridor)
      : await asOfPosition(pool, await positionOf(pool, ledger, corridor, knownAt));
  const definition = await readDefinition(pool, corridor, asOf.position);
  if (definition !== null) return { definition, asOf };
  if ((await readCorridors(pool, [corridor])).size === 0) throw new UnknownCorridorError(corridor);
  throw new CorridorNotKnownThenError(corridor, asOf.position);
}

import { z } from 'zod';
import { type CodableCorridor } from '#coding';
import { corridorDefinition, corridorId } from '#events';
import { readCorridorsFile } from '../corridors.file.ts';

/** What coding needs of a corridor; files for the services hold more. */
const codableCorridor = z.object({
  id: corridorId,
  ...corridorDefinition.pick({ name: true, names: true, aliases: true, contextAliases: true, parties: true })
    .shape,
});

/**
 * Reads a JSON list of corridors; `id` and `name` are enough of each.
 * @throws BadInputError naming the file, the entries and the fields
 */
export async function readCorridors(file: string): Promise<readonly CodableCorridor[]> {
  return readCorridorsFile(file, codableCorridor);
}

import { z } from 'zod';
import { type CodableCorridor } from '#coding';
import { corridorDefinition, corridorId } from '#events';
import { fieldFaults } from '#ndjson';
import { BadInputError } from '../bad-input.error.ts';
import { readJsonFile } from '../json-file.ts';

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
  const entries = await readJsonFile(file);
  if (!Array.isArray(entries))
    throw new BadInputError(`${file} must hold a list of corridors: [{"id": …}, …]`);
  const corridors = new Map<string, CodableCorridor>();
  const faults: string[] = [];
  for (const [index, entry] of (entries as unknown[]).entries()) {
    const place = `${file}: entry ${index + 1}${nameOf(entry)}`;
    const { success, data, error } = codableCorridor.safeParse(entry);
    if (!success)
      faults.push(
        ...fieldFaults(error).map(({ field, message }) => `${place}: ${field || 'entry'}: ${message}`),
      );
    else if (corridors.has(data.id)) faults.push(`${place}: id: is used twice`);
    else corridors.set(data.id, data);
  }
  if (faults.length > 0) throw new BadInputError(faults.join('\n'));
  return [...corridors.values()];
}

function nameOf(entry: unknown): string {
  const id = (entry as { id?: unknown } | null)?.id;
  return typeof id === 'string' ? ` (${id})` : '';
}

import { type z } from 'zod';
import { fieldFaults } from '#ndjson';
import { BadInputError } from './bad-input.error.ts';
import { readJsonFile } from './json-file.ts';

/**
 * Reads a JSON list of entries that have an `id` each, none twice.
 * @throws BadInputError naming the file, the entries and the fields
 */
export async function readCorridorsFile<Entry extends { readonly id: string }>(
  file: string,
  schema: z.ZodType<Entry>,
): Promise<readonly Entry[]> {
  const entries = await readJsonFile(file);
  if (!Array.isArray(entries))
    throw new BadInputError(`${file} must hold a list of corridors: [{"id": …}, …]`);
  const corridors = new Map<string, Entry>();
  const faults: string[] = [];
  for (const [index, entry] of (entries as unknown[]).entries()) {
    const place = `${file}: entry ${index + 1}${nameOf(entry)}`;
    const { success, data, error } = schema.safeParse(entry);
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

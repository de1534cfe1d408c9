import { fieldFaults } from '#ndjson';
import { referenceTimeline, type ReferenceTimeline } from '#timeline-score';
import { BadInputError } from '../bad-input.error.ts';
import { readJsonFile } from '../json-file.ts';

/** @throws BadInputError naming the file and the fields */
export async function readReference(file: string): Promise<ReferenceTimeline> {
  const { success, data, error } = referenceTimeline.safeParse(await readJsonFile(file));
  if (success) return data;
  const faults = fieldFaults(error).map(
    ({ field, message }) => `${file}: ${field || 'reference'}: ${message}`,
  );
  throw new BadInputError(faults.join('\n'));
}

import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { corridorDefinition, corridorId } from '#events';
import { deriveId, type Ledger } from '#ledger';
import { parseInput } from '#platform';
import { decideAndAppend } from '../command-handling/decide-and-append.ts';
import { corridorDecider } from './corridor.decider.ts';

const corridorsFile = z.array(corridorDefinition.extend({ id: corridorId })).max(10_000);

/** Ships with the product: the founding case. */
const defaultCorridors = new URL('./default-corridors.json', import.meta.url);

/**
 * Registers the corridors of a file that are not known yet. Known ones are left as they are: an operator may have
 * amended them since.
 * @throws InvalidInputError naming the place in the file
 */
export async function registerCorridors(
  ledger: Ledger,
  file: string | URL = defaultCorridors,
): Promise<void> {
  const corridors = parseInput(corridorsFile, JSON.parse(await readFile(file, 'utf8')));
  for (const { id, ...definition } of corridors) {
    const streamId = `corridor-${id}`;
    if ((await ledger.readStream(streamId)).length > 0) continue;
    const cause = {
      actor: 'corridors-file',
      correlationId: deriveId(streamId),
      causationId: null,
      traceparent: null,
    };
    await decideAndAppend(ledger, corridorDecider, streamId, { corridor: id, definition }, cause);
  }
}

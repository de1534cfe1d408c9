import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { corridorId } from '#events';
import { deriveId, type Ledger } from '#ledger';
import { parseInput } from '#platform';
import { decideAndAppend } from '../command-handling/decide-and-append.ts';
import { corridorDecider } from './corridor.decider.ts';
import { corridorInputAt } from './corridor.input.ts';
import { defaultCorridors } from './default-corridors.ts';

const corridorsMax = 10_000;

/**
 * Registers the corridors of a file that are not known yet; those that ship with the product when it is null. Known
 * ones are left as they are: an operator may have amended them since.
 * @throws Error naming the file, or the place in it
 */
export async function registerCorridors(ledger: Ledger, file: string | null): Promise<void> {
  const corridors = parseInput(
    z.array(corridorInputAt(new Date()).safeExtend({ id: corridorId })).max(corridorsMax),
    file === null ? defaultCorridors : await readJson(file),
  );
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

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown;
  } catch (error) {
    throw new Error(`CORRIDORS_FILE ${file} cannot be read as JSON: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

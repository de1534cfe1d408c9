import { z } from 'zod';
import { corridorDefinition, corridorId, type CorridorDefinition } from '#events';
import { type ReferenceTimeline } from '#timeline-score';
import { readCorridorsFile } from '../corridors.file.ts';

/** `id` is enough: the reference itself brings name, time zone and primary traffic. */
const listedCorridor = z.object({ id: corridorId, ...corridorDefinition.partial().shape });
type ListedCorridor = z.output<typeof listedCorridor>;

/** @throws BadInputError naming the file, the entries and the fields */
export async function readListedCorridors(file: string | undefined): Promise<readonly ListedCorridor[]> {
  return file === undefined ? [] : readCorridorsFile(file, listedCorridor);
}

/** The corridor of a reference, with what the list knows of it beside: aliases, parties, operators, baseline. */
export function definitionOf(
  { corridor, name, timezone, primaryTraffic }: ReferenceTimeline,
  listed: readonly ListedCorridor[],
): CorridorDefinition {
  const { id: _id, ...known } = listed.find(({ id }) => id === corridor) ?? { id: corridor };
  return corridorDefinition.parse({ ...known, name, timezone, primaryTraffic });
}

import { type CorridorDefinition, type PayloadOf } from '#events';
import { canonicalize } from '#proofs';
import { type Decider } from '../command-handling/decider.ts';

export interface DefineCorridor {
  readonly corridor: string;
  readonly definition: CorridorDefinition;
}

export type CorridorEvent =
  | { readonly type: 'CorridorRegistered'; readonly payload: PayloadOf<'CorridorRegistered'> }
  | { readonly type: 'CorridorAmended'; readonly payload: PayloadOf<'CorridorAmended'> };

export type Corridor =
  { readonly phase: 'unknown' } | { readonly phase: 'registered'; readonly definition: CorridorDefinition };

export const corridorDecider: Decider<DefineCorridor, Corridor, CorridorEvent> = {
  initial: { phase: 'unknown' },
  decide,
  evolve,
};

function decide({ corridor, definition }: DefineCorridor, state: Corridor): readonly CorridorEvent[] {
  if (state.phase === 'unknown') return [{ type: 'CorridorRegistered', payload: { corridor, definition } }];
  if (canonicalize(state.definition) === canonicalize(definition)) return [];
  return [{ type: 'CorridorAmended', payload: { corridor, definition } }];
}

function evolve(_corridor: Corridor, event: CorridorEvent): Corridor {
  switch (event.type) {
    case 'CorridorRegistered':
    case 'CorridorAmended':
      return { phase: 'registered', definition: event.payload.definition };
  }
}

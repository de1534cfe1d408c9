import { type PayloadOf } from '#events';
import { canonicalize } from '#proofs';
import { type Decider } from '../command-handling/decider.ts';

export type SourceDefinition = PayloadOf<'SourceRegistered'>;

export type SourceCommand =
  | { readonly kind: 'register'; readonly definition: SourceDefinition }
  | { readonly kind: 'remove'; readonly source: string };

export type SourceEvent =
  | { readonly type: 'SourceRegistered'; readonly payload: SourceDefinition }
  | { readonly type: 'SourceRemoved'; readonly payload: PayloadOf<'SourceRemoved'> };

export type Source =
  { readonly phase: 'absent' } | { readonly phase: 'registered'; readonly definition: SourceDefinition };

export class UnknownSourceError extends Error {
  readonly code = 'unknown_source';
  constructor(source: string) {
    super(`There is no source "${source}".`);
  }
}

/** A source is known by its feed's address: registered again, it is the same one, polled in another way. */
export const sourceDecider: Decider<SourceCommand, Source, SourceEvent> = {
  initial: { phase: 'absent' },
  decide: (command, source) =>
    command.kind === 'register' ? register(command.definition, source) : remove(command.source, source),
  evolve: (_source, event) =>
    event.type === 'SourceRegistered'
      ? { phase: 'registered', definition: event.payload }
      : { phase: 'absent' },
};

function register(definition: SourceDefinition, source: Source): readonly SourceEvent[] {
  if (source.phase === 'registered' && canonicalize(source.definition) === canonicalize(definition))
    return [];
  return [{ type: 'SourceRegistered', payload: definition }];
}

function remove(id: string, source: Source): readonly SourceEvent[] {
  if (source.phase === 'absent') throw new UnknownSourceError(id);
  return [{ type: 'SourceRemoved', payload: { source: id } }];
}

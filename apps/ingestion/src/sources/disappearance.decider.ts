import { type PayloadOf } from '#events';
import { type Decider } from '../command-handling/decider.ts';
import { type StatementEvent } from '../statements/statement.decider.ts';

export type DisappearanceCommand =
  | { readonly kind: 'miss'; readonly missed: PayloadOf<'StatementDisappeared'> }
  | { readonly kind: 'find'; readonly found: PayloadOf<'StatementReappeared'> };

/** The sources that no longer show the statement: one may drop what another still has. */
export type Visibility = ReadonlySet<string>;

/** What a statement's stream tells of whether it can still be read where it was published. */
export const disappearanceDecider: Decider<DisappearanceCommand, Visibility, StatementEvent> = {
  initial: new Set(),
  decide: (command, missing) => {
    if (command.kind === 'miss') {
      return missing.has(command.missed.source)
        ? []
        : [{ type: 'StatementDisappeared', payload: command.missed }];
    }
    return missing.has(command.found.source) ? [{ type: 'StatementReappeared', payload: command.found }] : [];
  },
  evolve: (missing, event) => {
    if (event.type === 'StatementDisappeared') return new Set([...missing, event.payload.source]);
    if (event.type === 'StatementReappeared')
      return new Set([...missing].filter((source) => source !== event.payload.source));
    return missing;
  },
};

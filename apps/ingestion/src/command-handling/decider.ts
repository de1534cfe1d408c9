import { type DomainEvent } from '#events';

/** A pure machine: what a command means in a state, and what an event makes of it. */
export interface Decider<Command, State, Event extends DomainEvent> {
  readonly initial: State;
  /** No event means that the command brings nothing new. Refusals are thrown. */
  decide(command: Command, state: State): readonly Event[];
  evolve(state: State, event: Event): State;
}

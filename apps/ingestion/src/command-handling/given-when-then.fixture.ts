import { type DomainEvent } from '#events';
import { type Decider } from './decider.ts';

/** Given what happened, when a command comes, then these events follow, or this refusal. */
export function specificationOf<Command, State, Event extends DomainEvent>(
  decider: Decider<Command, State, Event>,
) {
  return (...history: readonly Event[]) => ({
    when: (command: Command) => {
      const state = history.reduce((folded, event) => decider.evolve(folded, event), decider.initial);
      return {
        then: (...events: readonly Event[]) => {
          expect(decider.decide(command, state)).toEqual(events);
        },
        thenNothing: () => {
          expect(decider.decide(command, state)).toEqual([]);
        },
        thenRefused: (code: string) => {
          expect(() => decider.decide(command, state)).toThrow(expect.objectContaining({ code }) as Error);
        },
      };
    },
  });
}

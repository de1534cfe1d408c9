import { randomUUID } from 'node:crypto';
import { type DomainEvent, type RecordedEvent } from '#events';
import { VersionConflictError, type Cause, type Ledger, type NewEvent } from '#ledger';
import { type Decider } from './decider.ts';

export interface Decision<State> {
  /** The state after the command. */
  readonly state: State;
  readonly streamVersion: number;
  /** Everything in the stream, the new events last. */
  readonly history: readonly RecordedEvent[];
  readonly appended: readonly RecordedEvent[];
}

export interface DecisionOptions {
  /** Refuse unless the stream is at this version. */
  readonly expectedVersion?: number | undefined;
  /** What the caller believes to be the whole stream. It spares a reading; when it was wrong the stream is read. */
  readonly known?: readonly RecordedEvent[];
  /** The day from which the new facts hold. */
  readonly validFrom?: string;
}

const triesMax = 5;

/**
 * The one place where a command meets the ledger: read, fold, decide, append. When another command was faster,
 * it decides anew on what that one left.
 * @throws VersionConflictError
 */
export async function decideAndAppend<Command, State, Event extends DomainEvent>(
  ledger: Ledger,
  decider: Decider<Command, State, Event>,
  streamId: string,
  command: Command,
  cause: Cause,
  { expectedVersion, known, validFrom }: DecisionOptions = {},
): Promise<Decision<State>> {
  for (let tries = 1; ; tries += 1) {
    const history = (tries === 1 ? known : undefined) ?? (await ledger.readStream(streamId));
    const streamVersion = history.at(-1)?.streamVersion ?? 0;
    if (expectedVersion !== undefined && expectedVersion !== streamVersion) {
      throw new VersionConflictError(streamId, expectedVersion, streamVersion);
    }
    const state = fold(decider, history, decider.initial);
    const events = decider.decide(command, state);
    if (events.length === 0) return { state, streamVersion, history, appended: [] };
    try {
      const appended = await ledger.append({
        streamId,
        expectedVersion: streamVersion,
        events: events.map((event): NewEvent => ({
          ...event,
          eventId: randomUUID(),
          validFrom: validFrom ?? null,
        })),
        cause,
      });
      return {
        state: fold(decider, appended, state),
        streamVersion: streamVersion + appended.length,
        history: [...history, ...appended],
        appended,
      };
    } catch (error) {
      if (!(error instanceof VersionConflictError) || tries === triesMax) throw error;
    }
  }
}

function fold<State, Event extends DomainEvent>(
  decider: Decider<never, State, Event>,
  events: readonly RecordedEvent[],
  start: State,
): State {
  return events.reduce((state, event) => decider.evolve(state, event as unknown as Event), start);
}

import { type EventState } from './log.sizes.ts';

/** The event is there and has no proof yet; it will have one within a second. */
export class NotPublishedYetError extends Error {
  readonly code = 'not_published_yet';
  readonly retryAfterSeconds = 1;
  constructor(position: number, state: EventState) {
    super(
      `The event at position ${position} is ${state}; no signed checkpoint covers it yet. Ask again in a second.`,
    );
  }
}

export class NoCheckpointYetError extends Error {
  readonly code = 'no_checkpoint_yet';
  readonly retryAfterSeconds = 1;
  constructor(witnessCount: number) {
    super(
      witnessCount === 0
        ? 'Nothing was published yet.'
        : `No checkpoint was cosigned by ${witnessCount} witnesses yet.`,
    );
  }
}

export class NoSuchPositionError extends Error {
  readonly code = 'no_such_position';
  constructor(position: number, head: number) {
    super(`The ledger has no position ${position}; its last is ${head}.`);
  }
}

export class BeyondCheckpointError extends Error {
  readonly code = 'beyond_checkpoint';
  constructor(size: number, published: number) {
    super(`The size ${size} is beyond what is published, ${published}.`);
  }
}

export class NoSuchTileError extends Error {
  readonly code = 'no_such_tile';
  constructor(path: string, published: number) {
    super(`A tree of ${published} leaves, which is what is published, has no tile ${path}.`);
  }
}

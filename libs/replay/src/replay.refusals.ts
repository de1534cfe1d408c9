import { type FieldFault, type RefusalTable } from '#platform';

/** Two at once would fill the same tables. */
export class ReplayUnderWayError extends Error {
  readonly code = 'replay_under_way';
  constructor(readonly runId: string) {
    super(`The replay ${runId} is under way; wait for it, or cancel it.`);
  }
}

export class ReplayBeyondHeadError extends Error {
  readonly code = 'replay_beyond_head';
  readonly errors: readonly FieldFault[];
  constructor(position: number, head: number) {
    const message = `is beyond the ledger's last position, ${head}`;
    super(`toPosition ${position} ${message}.`);
    this.errors = [{ pointer: '/toPosition', message }];
  }
}

/** Tables as of an earlier position would take the place of those as of now. */
export class PartialSwitchError extends Error {
  readonly code = 'partial_switch';
  readonly errors: readonly FieldFault[] = [
    { pointer: '/switch', message: 'cannot be asked for together with toPosition' },
  ];
  constructor() {
    super(
      'Only a replay of everything can take the place of the live tables: leave out toPosition, or switch.',
    );
  }
}

export class NoSuchReplayError extends Error {
  readonly code = 'no_such_replay';
  constructor(runId: string) {
    super(`There is no replay ${runId}.`);
  }
}

export class NothingReplayableError extends Error {
  readonly code = 'nothing_replayable';
  constructor() {
    super('No service has said yet that it can replay; repeat it when they have started.');
  }
}

export const replayRefusals: RefusalTable = {
  replay_under_way: { status: 409, title: 'Another replay is under way' },
  replay_beyond_head: { status: 400, title: 'The ledger is not that far' },
  partial_switch: { status: 400, title: 'A part cannot take the place of the whole' },
  no_such_replay: { status: 404, title: 'There is no such replay' },
  nothing_replayable: { status: 503, title: 'No service can replay yet' },
};

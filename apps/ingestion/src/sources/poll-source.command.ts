import { setTimeout as pause } from 'node:timers/promises';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { SourcePoller } from './source.poller.ts';
import { type TurnOutcome } from './source.turn.ts';
import { SourceById } from './sources.query.ts';

export class SourceBusyError extends Error {
  readonly code = 'source_busy';
  constructor(source: string) {
    super(`The source "${source}" is being polled at this moment.`);
  }
}

/** A poll under way is waited for: it may have begun before what the caller has in mind. */
const waitMsMax = 10_000;
const lookEveryMs = 250;

/** Polls a source at once, whatever its schedule says, and waits for what comes. */
export class PollSource extends Command<TurnOutcome> {
  constructor(readonly source: string) {
    super();
  }
}

@CommandHandler(PollSource)
export class PollSourceHandler implements ICommandHandler<PollSource> {
  constructor(
    @Inject(SourcePoller) private readonly poller: SourcePoller,
    private readonly queries: QueryBus,
  ) {}

  async execute({ source }: PollSource): Promise<TurnOutcome> {
    await this.queries.execute(new SourceById(source));
    for (let waitedMs = 0; waitedMs < waitMsMax; waitedMs += lookEveryMs) {
      const outcome = await this.poller.pollNow(source);
      if (outcome !== null) return outcome;
      await pause(lookEveryMs);
    }
    throw new SourceBusyError(source);
  }
}

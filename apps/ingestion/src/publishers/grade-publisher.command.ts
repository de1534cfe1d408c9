import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type PublisherGrade } from '#events';
import { deriveId, type Cause, type Ledger } from '#ledger';
import { decideAndAppend } from '../command-handling/decide-and-append.ts';
import { LEDGER } from '../ingestion.tokens.ts';
import { publisherDecider } from './publisher.decider.ts';

/** Sets how far a publisher is to be relied on; counts for statements that come after. */
export class GradePublisher extends Command<void> {
  constructor(
    readonly publisher: string,
    readonly grade: PublisherGrade,
    readonly cause: Cause,
  ) {
    super();
  }
}

@CommandHandler(GradePublisher)
export class GradePublisherHandler implements ICommandHandler<GradePublisher> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  async execute({ publisher, grade, cause }: GradePublisher): Promise<void> {
    // Names hold any character; a stream id does not.
    const streamId = `publisher-${deriveId('publisher', publisher)}`;
    await decideAndAppend(this.ledger, publisherDecider, streamId, { publisher, grade }, cause);
  }
}

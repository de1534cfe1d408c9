import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type PublisherGrade } from '#events';
import { type Cause, type Ledger } from '#ledger';
import { decideAndAppend } from '../command-handling/decide-and-append.ts';
import { LEDGER } from '../ingestion.tokens.ts';
import { Registry } from '../registry.ts';
import { gradeEventsMax, publisherDecider } from './publisher.decider.ts';
import { publisherStream } from './publisher.view.ts';

/** Sets how far a publisher is to be relied on; each registered corridor learns it in the same append. */
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
  constructor(
    @Inject(LEDGER) private readonly ledger: Ledger,
    @Inject(Registry) private readonly registry: Registry,
  ) {}

  async execute({ publisher, grade, cause }: GradePublisher): Promise<void> {
    await this.registry.catchUp();
    const corridors = [...this.registry.definitions().keys()];
    const command = { publisher, grade, corridors };
    const streamId = publisherStream(publisher);
    let count: number;
    do {
      const { appended } = await decideAndAppend(this.ledger, publisherDecider, streamId, command, cause);
      count = appended.length;
    } while (count === gradeEventsMax);
  }
}

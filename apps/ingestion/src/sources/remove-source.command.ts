import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { type Cause, type Ledger } from '#ledger';
import { decideAndAppend } from '../command-handling/decide-and-append.ts';
import { INGESTION_POOL, LEDGER } from '../ingestion.tokens.ts';
import { sourceDecider } from './source.decider.ts';
import { applySourceEvent } from './sources.projector.ts';

/** Ends polling; what came of it stays. */
export class RemoveSource extends Command<void> {
  constructor(
    readonly source: string,
    readonly cause: Cause,
  ) {
    super();
  }
}

@CommandHandler(RemoveSource)
export class RemoveSourceHandler implements ICommandHandler<RemoveSource> {
  constructor(
    @Inject(LEDGER) private readonly ledger: Ledger,
    @Inject(INGESTION_POOL) private readonly pool: Pool,
  ) {}

  async execute({ source, cause }: RemoveSource): Promise<void> {
    const { appended } = await decideAndAppend(
      this.ledger,
      sourceDecider,
      `source-${source}`,
      { kind: 'remove', source },
      cause,
    );
    for (const event of appended) {
      if (event.type === 'SourceRemoved') await applySourceEvent(event, this.pool);
    }
  }
}

import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { type AddressGuard } from '#address-guard';
import { deriveId, type Cause, type Ledger } from '#ledger';
import { decideAndAppend } from '../command-handling/decide-and-append.ts';
import { INGESTION_POOL, LEDGER, SOURCE_GUARD } from '../ingestion.tokens.ts';
import { Registry } from '../registry.ts';
import { demandRegistered } from '../statements/statement-coding.ts';
import { sourceDecider } from './source.decider.ts';
import { type SourceInput } from './source.input.ts';
import { applySourceEvent } from './sources.projector.ts';

export interface RegisteredSource {
  readonly source: string;
  /** False where it was a source already. */
  readonly isNew: boolean;
}

export class RegisterSource extends Command<RegisteredSource> {
  constructor(
    readonly input: SourceInput,
    readonly cause: Cause,
  ) {
    super();
  }
}

@CommandHandler(RegisterSource)
export class RegisterSourceHandler implements ICommandHandler<RegisterSource> {
  constructor(
    @Inject(LEDGER) private readonly ledger: Ledger,
    @Inject(INGESTION_POOL) private readonly pool: Pool,
    @Inject(SOURCE_GUARD) private readonly guard: AddressGuard,
    @Inject(Registry) private readonly registry: Registry,
  ) {}

  async execute({ input, cause }: RegisterSource): Promise<RegisteredSource> {
    await this.registry.catchUp();
    demandRegistered(input.about, this.registry.codable());
    const { url } = await this.guard.check(input.feedUrl);
    const source = deriveId('source', url.href);
    const { history, appended } = await decideAndAppend(
      this.ledger,
      sourceDecider,
      `source-${source}`,
      { kind: 'register', definition: { ...input, source, feedUrl: url.href } },
      cause,
    );
    for (const event of appended) {
      // At once, so that whoever registered it finds it; the projection does it again.
      if (event.type === 'SourceRegistered') await applySourceEvent(event, this.pool);
    }
    const before = history.at(-1 - appended.length);
    return { source, isNew: before?.type !== 'SourceRegistered' && appended.length > 0 };
  }
}

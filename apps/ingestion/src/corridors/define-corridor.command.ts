import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type CorridorDefinition } from '#events';
import { type Cause, type Ledger } from '#ledger';
import { decideAndAppend } from '../command-handling/decide-and-append.ts';
import { LEDGER } from '../ingestion.tokens.ts';
import { corridorDecider } from './corridor.decider.ts';

export interface DefinedCorridor {
  readonly id: string;
  readonly version: number;
  readonly registered: boolean;
  readonly definition: CorridorDefinition;
}

/** Registers a corridor, or amends it when it is known. */
export class DefineCorridor extends Command<DefinedCorridor> {
  constructor(
    readonly corridor: string,
    readonly definition: CorridorDefinition,
    readonly cause: Cause,
    readonly expectedVersion?: number,
  ) {
    super();
  }
}

@CommandHandler(DefineCorridor)
export class DefineCorridorHandler implements ICommandHandler<DefineCorridor> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  async execute({ corridor, definition, cause, expectedVersion }: DefineCorridor): Promise<DefinedCorridor> {
    const { streamVersion, appended } = await decideAndAppend(
      this.ledger,
      corridorDecider,
      `corridor-${corridor}`,
      { corridor, definition },
      cause,
      { expectedVersion },
    );
    const registered = appended[0]?.type === 'CorridorRegistered';
    return { id: corridor, version: streamVersion, registered, definition };
  }
}

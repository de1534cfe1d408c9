import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Coder } from '#coding';
import { type Cause } from '#ledger';
import { claimsIn, type ClaimView } from '../claims/claim.view.ts';
import { CODERS } from '../ingestion.tokens.ts';
import { IntakeDesk } from '../intake/intake-desk.ts';
import { type Arriving } from '../intake/intake-group.ts';
import { prepare } from '../intake/text-index.writer.ts';
import { Registry } from '../registry.ts';
import {
  codeStatement,
  demandRegistered,
  receiveAs,
  statementIdOf,
  type CodingContext,
  type Arrival,
} from './statement-coding.ts';
import { type StatementInput } from './statement.input.ts';
import { receivedIn } from './statement.view.ts';

export interface ReceivedStatement {
  readonly statementId: string;
  readonly duplicate: boolean;
  /** The ledger position of the statement. */
  readonly position: number;
  /** The first statement of those that say the same in nearly the same words. */
  readonly cluster: string;
  /** The statement that stood on its page before. */
  readonly revises: string | null;
  readonly claims: readonly ClaimView[];
}

export class ReceiveStatement extends Command<ReceivedStatement> {
  constructor(
    readonly input: StatementInput,
    readonly receivedAt: string,
    readonly cause: Cause,
    readonly arrival: Arrival,
  ) {
    super();
  }
}

@CommandHandler(ReceiveStatement)
export class ReceiveStatementHandler implements ICommandHandler<ReceiveStatement> {
  constructor(
    @Inject(IntakeDesk) private readonly desk: IntakeDesk,
    @Inject(CODERS) private readonly coders: readonly Coder[],
    @Inject(Registry) private readonly registry: Registry,
  ) {}

  async execute({ input, receivedAt, cause, arrival }: ReceiveStatement): Promise<ReceivedStatement> {
    await this.registry.catchUp();
    const corridors = this.registry.codable();
    demandRegistered(input.about, corridors);
    const { statementId, history, isNew } = await this.desk.take(
      arriving(input, cause, {
        coders: this.coders,
        corridors,
        grade: this.registry.gradeOf(input.publisher),
        receivedFrom: cause.actor,
        receivedAt,
        arrival,
      }),
    );
    const received = receivedIn(history);
    return {
      statementId,
      duplicate: !isNew,
      position: received?.position ?? 0,
      cluster: received?.payload.cluster ?? statementId,
      revises: received?.payload.revises ?? null,
      claims: claimsIn(history),
    };
  }
}

/** Coded before it waits, since all processes wait for the one at the desk. */
function arriving(input: StatementInput, cause: Cause, context: CodingContext): Arriving {
  const statementId = statementIdOf(input);
  const coded = codeStatement(input, statementId, context);
  return {
    statementId,
    publishedAt: input.publishedAt,
    isFetched: 'fetched' in context.arrival,
    ...prepare(input),
    cause,
    commandFor: (place, cluster) => {
      // The same wording once more on its page has another id, and so have its claims.
      const isOwn = place.statementId === statementId;
      return receiveAs(isOwn ? coded : codeStatement(input, place.statementId, context), place, cluster);
    },
  };
}

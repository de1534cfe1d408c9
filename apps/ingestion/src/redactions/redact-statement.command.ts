import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { type RecordedEvent } from '#events';
import { type Cause, type Ledger, VersionConflictError } from '#ledger';
import { decideAndAppend } from '../command-handling/decide-and-append.ts';
import { INGESTION_POOL, LEDGER } from '../ingestion.tokens.ts';
import { IntakeDesk } from '../intake/intake-desk.ts';
import { wordingOf } from '../intake/wording.ts';
import { statementDecider, UnknownStatementError } from '../statements/statement.decider.ts';
import { receivedIn } from '../statements/statement.view.ts';
import { sameSentencesOf } from './quoting.reader.ts';
import { type RedactionInput } from './redaction.input.ts';
import { TextEraser } from './text-eraser.ts';
import { toldVersions, wordedVersionsIn } from './told-versions.ts';

/** Makes a statement's words unreadable for good. It cannot be undone. */
export class RedactStatement extends Command<void> {
  constructor(
    readonly statementId: string,
    readonly redaction: RedactionInput,
    readonly cause: Cause,
  ) {
    super();
  }
}

const triesMax = 5;

@CommandHandler(RedactStatement)
export class RedactStatementHandler implements ICommandHandler<RedactStatement> {
  constructor(
    @Inject(LEDGER) private readonly ledger: Ledger,
    @Inject(INGESTION_POOL) private readonly pool: Pool,
    @Inject(TextEraser) private readonly eraser: TextEraser,
    @Inject(IntakeDesk) private readonly desk: IntakeDesk,
  ) {}

  async execute(command: RedactStatement): Promise<void> {
    await this.record(command);
    // Also when it was redacted before: whoever did it may have been stopped half-way.
    await this.eraser.erase(command.statementId, command.cause);
    await this.desk.open();
  }

  /** The event says what every version told, so it is decided on exactly the stream that was read. */
  private async record({ statementId, redaction, cause }: RedactStatement): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      const history = await this.ledger.readStream(`statement-${statementId}`);
      try {
        await decideAndAppend(
          this.ledger,
          statementDecider,
          `statement-${statementId}`,
          { kind: 'redact', statementId, ...redaction, ...(await this.toldBy(statementId, history)) },
          cause,
          { known: history, expectedVersion: history.at(-1)?.streamVersion ?? 0 },
        );
        return;
      } catch (error) {
        if (!(error instanceof VersionConflictError) || tries === triesMax) throw error;
      }
    }
  }

  private async toldBy(statementId: string, history: readonly RecordedEvent[]) {
    const received = receivedIn(history);
    if (received === undefined) throw new UnknownStatementError(statementId);
    const { publisher, body, redacted } = received.payload;
    const versions = wordedVersionsIn(history);
    return {
      wording: redacted?.wording ?? wordingOf(publisher, body),
      claims: toldVersions(versions, await sameSentencesOf(this.pool, received.payload, versions)),
    };
  }
}

import { createHash } from 'node:crypto';
import { type Pool } from 'pg';
import { contractOf, erasedPayloadsMax, type RecordedEvent, type Redaction, stubOf } from '#events';
import { type Cause, deriveId, type ErasingLedger } from '#ledger';
import { canonicalize } from '#proofs';
import { forgetLeftovers } from './leftovers.ts';
import { positionsQuoting } from './quoting.reader.ts';

interface Replacement {
  readonly position: number;
  readonly schemaVersion: number;
  readonly stub: string;
}

/**
 * Takes the words of a redacted statement out of everything that holds them and is not a projection: the payloads of
 * the ledger, and what ingestion keeps beside it. What is to vanish is recorded first and then carried out; whoever
 * stops in between leaves payloads that the next call finds again.
 */
export class TextEraser {
  constructor(
    private readonly pool: Pool,
    private readonly ledger: ErasingLedger,
  ) {}

  /** Does nothing to a statement that was not redacted, and nothing twice. */
  async erase(statementId: string, cause: Cause): Promise<void> {
    const stream = await this.ledger.readStream(streamOf(statementId));
    const redactions = stream.filter((event) => event.type === 'StatementRedacted');
    if (redactions.length === 0) return;
    const replacements = await this.replacementsFor(statementId, redactions);
    for (let start = 0; start < replacements.length; start += erasedPayloadsMax)
      await this.replace(statementId, replacements.slice(start, start + erasedPayloadsMax), cause);
    const received = stream.find((event) => event.type === 'StatementReceived');
    if (received !== undefined) await forgetLeftovers(this.pool, received.payload);
  }

  private async replacementsFor(
    statementId: string,
    redactions: readonly RecordedEvent<'StatementRedacted'>[],
  ): Promise<readonly Replacement[]> {
    const redaction = redactionIn(statementId, redactions);
    const positions = await positionsQuoting(
      this.pool,
      statementId,
      redactions.flatMap(({ payload }) => payload.corridor ?? []),
      [...new Set(redaction.claims.map(({ claimId }) => claimId))],
    );
    const first = Math.min(...redactions.map(({ position }) => position));
    const replacements: Replacement[] = [];
    for (let start = 0; start < positions.length; start += 100) {
      const events = await this.ledger.readAt(positions.slice(start, start + 100));
      // What a person writes after the redaction about the statement does not quote it: there is nothing to quote.
      const holding = events.filter(({ type, position }) => position < first || decisionTypes.has(type));
      replacements.push(...holding.flatMap((event) => replacementOf(event, redaction)));
    }
    return replacements;
  }

  private async replace(
    statementId: string,
    replacements: readonly Replacement[],
    cause: Cause,
  ): Promise<void> {
    const replaced = replacements.map(({ position, schemaVersion, stub }) => ({
      position,
      schemaVersion,
      stubSha256: createHash('sha256').update(stub).digest('hex'),
    }));
    const [event] = await this.ledger.append({
      streamId: streamOf(statementId),
      expectedVersion: 'any',
      events: [
        {
          type: 'PayloadsErased',
          payload: { statementId, replaced },
          // Begun again after a crash it is the same event.
          eventId: deriveId('PayloadsErased', statementId, canonicalize(replaced)),
        },
      ],
      cause,
    });
    if (event === undefined) throw new Error('The ledger answered nothing to an append');
    await this.ledger.erase(
      event.position,
      replacements.map(({ stub }) => stub),
    );
  }
}

/** Decided by a process that had not learnt of the redaction yet, they quote it all the same. */
const decisionTypes = new Set<RecordedEvent['type']>(['CorridorStatusChanged', 'CorridorStatusCorrected']);

function streamOf(statementId: string): string {
  return `statement-${statementId}`;
}

function redactionIn(
  statementId: string,
  redactions: readonly RecordedEvent<'StatementRedacted'>[],
): Redaction {
  const wording = redactions.map(({ payload }) => payload.wording).find((each) => each !== null);
  return {
    statementId,
    wording: wording ?? statementId,
    claims: redactions.flatMap(({ payload }) => payload.claims),
  };
}

/** Nothing where the payload holds no words of the statement, or no longer. */
function replacementOf(event: RecordedEvent, redaction: Redaction): readonly Replacement[] {
  const stub = canonicalize(stubOf(event, redaction));
  if (stub === canonicalize(event.payload)) return [];
  return [{ position: event.position, schemaVersion: contractOf(event.type).version, stub }];
}

import { createHash, randomUUID } from 'node:crypto';
import { type FetchedContent } from '#harvest';
import { type Cause, type Ledger } from '#ledger';
import { parseInput } from '#platform';
import { type Pool } from 'pg';
import { decideAndAppend } from '../command-handling/decide-and-append.ts';
import { type ReceivedStatement, ReceiveStatement } from '../statements/receive-statement.command.ts';
import { type Fetched } from '../statements/statement-coding.ts';
import { statementInputAt } from '../statements/statement.input.ts';
import { disappearanceDecider, type DisappearanceCommand } from './disappearance.decider.ts';
import { keepBytes } from './received-bytes.store.ts';
import { type SourceItem } from './source-item.store.ts';
import { type SourceLease } from './source.lease.ts';

export interface DeliveryParts {
  readonly pool: Pool;
  readonly ledger: Ledger;
  readonly receive: (command: ReceiveStatement) => Promise<ReceivedStatement>;
  readonly now: () => number;
}

/** A statement that came of a poll. */
export interface SentStatement {
  readonly statementId: string;
  readonly duplicate: boolean;
  readonly url: string | null;
  readonly title: string | null;
}

/** The text of an item, and the fetch that brought it. */
export interface ItemText {
  readonly text: string;
  readonly fetched: Fetched;
}

/** What one poll says to the rest of the house, under one correlation. */
export class StatementDelivery {
  readonly sent: SentStatement[] = [];
  readonly #cause: Cause;

  constructor(
    private readonly parts: DeliveryParts,
    private readonly lease: SourceLease,
  ) {
    const actor = `source:${lease.source}`;
    this.#cause = { actor, correlationId: randomUUID(), causationId: null, traceparent: null };
  }

  /** The bytes of a fetch are kept before anything refers to them. */
  async custodyOf(content: FetchedContent): Promise<Fetched> {
    const { url, finalUrl, status, headers, fetchedAt } = content;
    const bytesSha256 = await keepBytes(this.parts.pool, content.bytes, content);
    return { fetch: { url, finalUrl, status, headers, fetchedAt }, bytesSha256 };
  }

  /**
   * Sends an item's text in as a statement, unless it is the text that was sent last. A correction is sent like any
   * other text; whoever receives it knows the address.
   * @returns the item as it is to be kept
   */
  async send(item: SourceItem, { text, fetched }: ItemText): Promise<SourceItem> {
    const textSha256 = createHash('sha256').update(text).digest('hex');
    if (item.textSha256 === textSha256) return item;
    const now = new Date(this.parts.now());
    try {
      const input = parseInput(statementInputAt(now), {
        publisher: this.lease.publisher,
        publishedAt: new Date(item.publishedAtMs).toISOString(),
        body: text,
        url: item.url,
        title: item.title,
        language: item.language,
        about: this.lease.about,
      });
      const command = new ReceiveStatement(input, now.toISOString(), this.#cause, { fetched });
      const { statementId, duplicate } = await this.parts.receive(command);
      this.sent.push({ statementId, duplicate, url: item.url, title: item.title });
      // A source that was removed and registered again no longer knows what it missed; the ledger does.
      if (duplicate && item.disappeared === null) await this.#find(statementId);
      return { ...item, textSha256, statementId, refusedCode: null };
    } catch (error) {
      const code = refusalOf(error);
      if (code === null) throw error;
      return { ...item, textSha256, refusedCode: code };
    }
  }

  /** @returns the item as it is to be kept */
  async miss(item: SourceItem, reason: 'not_listed' | 'gone'): Promise<SourceItem> {
    const { statementId, url, lastSeenAtMs } = item;
    if (statementId !== null) {
      const { source } = this.lease;
      const lastSeenAt = new Date(lastSeenAtMs).toISOString();
      await this.#mark(statementId, {
        kind: 'miss',
        missed: { statementId, source, url, reason, lastSeenAt },
      });
    }
    return { ...item, disappeared: reason };
  }

  /** @returns the item as it is to be kept */
  async find(item: SourceItem): Promise<SourceItem> {
    const { statementId } = item;
    if (statementId !== null) await this.#find(statementId);
    return { ...item, disappeared: null };
  }

  async #find(statementId: string): Promise<void> {
    const { source } = this.lease;
    await this.#mark(statementId, { kind: 'find', found: { statementId, source } });
  }

  async #mark(statementId: string, command: DisappearanceCommand): Promise<void> {
    const streamId = `statement-${statementId}`;
    await decideAndAppend(this.parts.ledger, disappearanceDecider, streamId, command, this.#cause);
  }
}

/** What is wrong with the text itself: sending it again would change nothing. */
function refusalOf(error: unknown): string | null {
  const { code } = error as { code?: unknown };
  return code === 'invalid_input' || code === 'unknown_corridor' ? code : null;
}

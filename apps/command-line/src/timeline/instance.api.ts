import { setTimeout as pause } from 'node:timers/promises';
import { type CorridorDefinition } from '#events';
import { type ReferenceStatement, type TimelineDay } from '#timeline-score';
import { InstanceError } from './instance.error.ts';

/** What became of one statement. */
export type Received =
  | {
      /** The statement that it was taken for a new version of. */
      readonly revises: string | null;
      readonly claims: readonly ReceivedClaim[];
    }
  | { readonly error: { readonly code: string; readonly detail: string } };

export interface ReceivedClaim {
  readonly type: string;
  readonly status: string | null;
  readonly speaker: string;
  readonly modality: string;
  readonly validFrom: string | null;
  readonly flows?: readonly string[];
  readonly effect?: string | null;
  readonly rule: string;
}

interface Health {
  readonly ready: boolean;
  readonly parts: Readonly<Record<string, { readonly lag?: number }>>;
}

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

const pageLimit = 1_000;
const appliedWithinMs = 120_000;
const lookEveryMs = 50;

/** The public surface of an instance, as far as an evaluation needs it. Every method throws InstanceError. */
export class InstanceApi {
  constructor(
    private readonly origin: string,
    private readonly key: string,
    /** Ends what is under way. */
    private readonly over: AbortSignal,
  ) {}

  /** A corridor that ships with the product keeps its definition. */
  async register(corridor: string, definition: CorridorDefinition): Promise<void> {
    const path = `/v1/corridors/${corridor}`;
    const known = await this.send('GET', path);
    if (known.status === 404) await this.demand('PUT', path, 'application/json', JSON.stringify(definition));
  }

  /** One answer for each statement, in their order. */
  async feed(statements: readonly ReferenceStatement[]): Promise<readonly Received[]> {
    const lines = statements.map((statement) => `${JSON.stringify(statement)}\n`).join('');
    const answer = await this.demand('POST', '/v1/statements/batch', 'application/x-ndjson', lines);
    const text = await answer.text();
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Received);
  }

  async days(corridor: string, from: string, to: string): Promise<readonly TimelineDay[]> {
    const days: TimelineDay[] = [];
    let cursor: string | null = null;
    do {
      const query = new URLSearchParams({ resolution: 'day', from, to, limit: String(pageLimit) });
      if (cursor !== null) query.set('cursor', cursor);
      const answer = await this.demand('GET', `/v1/corridors/${corridor}/timeline?${query.toString()}`);
      const page = (await answer.json()) as Page<TimelineDay>;
      days.push(...page.items);
      cursor = page.next;
    } while (cursor !== null);
    return days;
  }

  /** Waits until the instance is ready and no projection is behind the ledger, the decisions it made included. */
  async untilApplied(): Promise<void> {
    const deadline = performance.now() + appliedWithinMs;
    let last = 'no answer';
    while (performance.now() < deadline) {
      const answer = await this.send('GET', '/health/ready').catch(() => null);
      if (answer !== null) {
        last = await answer.text();
        if (isApplied(JSON.parse(last) as Health)) return;
      }
      await pause(lookEveryMs, null, { signal: this.over });
    }
    throw new InstanceError(`Not applied within ${appliedWithinMs / 1_000} s: ${last}`);
  }

  private async demand(method: string, path: string, contentType?: string, body?: string): Promise<Response> {
    const answer = await this.send(method, path, contentType, body);
    if (answer.ok) return answer;
    throw new InstanceError(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  }

  private async send(method: string, path: string, contentType?: string, body?: string): Promise<Response> {
    try {
      return await fetch(`${this.origin}${path}`, {
        method,
        signal: this.over,
        headers: {
          authorization: `Bearer ${this.key}`,
          ...(contentType === undefined ? {} : { 'content-type': contentType }),
        },
        ...(body === undefined ? {} : { body }),
      });
    } catch (error) {
      throw new InstanceError(`${method} ${path} has no answer: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }
}

function isApplied({ ready, parts }: Health): boolean {
  const lags = Object.values(parts).flatMap(({ lag }) => lag ?? []);
  return ready && lags.length > 0 && lags.every((lag) => lag === 0);
}

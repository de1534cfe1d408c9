import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { base64Of, parseVkey } from '#proofs';
import { LogReader, NoCheckpointYetError, type LogSizes } from '#transparency';

export interface LogState extends LogSizes {
  /** Null before the first start of the log. */
  readonly origin: string | null;
  readonly vkey: string | null;
  readonly checkpoint: {
    readonly size: number;
    readonly root: string;
    readonly recordedAt: string;
    readonly publishedAt: string;
  } | null;
  readonly witnesses: readonly WitnessState[];
}

export interface WitnessState {
  readonly name: string;
  readonly url: string;
  readonly vkey: string;
  /** The size that it last cosigned. */
  readonly size: number;
  /** By how many events that is behind what is published. */
  readonly lag: number;
  readonly cosignedAt: string | null;
  /** Why it did not cosign last time; null when it did. */
  readonly lastError: string | null;
}

export class AuditLogState extends Query<LogState> {}

@QueryHandler(AuditLogState)
export class AuditLogStateHandler implements IQueryHandler<AuditLogState> {
  constructor(@Inject(LogReader) private readonly log: LogReader) {}

  async execute(): Promise<LogState> {
    // The sizes last, so that none is smaller than what the others tell.
    const [keys, watchers] = await Promise.all([this.log.keys(), this.log.watchedBy()]);
    const checkpoint = await this.log.checkpoint().catch(nullWhenNone);
    const sizes = await this.log.sizes();
    const vkey = keys.at(-1)?.vkey ?? null;
    return {
      ...sizes,
      origin: vkey === null ? null : parseVkey(vkey).name,
      vkey,
      checkpoint: checkpoint && {
        size: checkpoint.size,
        root: base64Of(checkpoint.root),
        recordedAt: checkpoint.recordedAt,
        publishedAt: checkpoint.publishedAt,
      },
      witnesses: watchers.map(({ witness, size, cosignedAt, lastError }) => ({
        name: witness.key.name,
        url: witness.url,
        vkey: witness.vkey,
        size,
        lag: Math.max(0, sizes.published - size),
        cosignedAt,
        lastError,
      })),
    };
  }
}

function nullWhenNone(error: unknown): null {
  if (error instanceof NoCheckpointYetError) return null;
  throw error;
}

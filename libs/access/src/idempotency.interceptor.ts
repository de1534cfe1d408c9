import { createHash } from 'node:crypto';
import {
  Inject,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Pool } from 'pg';
import { catchError, from, mergeMap, type Observable } from 'rxjs';
import { LOGGER, type Logger } from '#platform';
import {
  BadIdempotencyKeyError,
  IdempotencyKeyInUseError,
  IdempotencyKeyReusedError,
} from './access.refusals.ts';
import { openAnswer, sealAnswer } from './sealed-answer.ts';
import { ACCESS_POOL, principalOf } from './scope.guard.ts';

const writes = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

interface Claim {
  readonly owner: string;
  /** Opens the stored answer; never stored itself. */
  readonly apiKey: string;
  readonly key: string;
  readonly requestSha256: Buffer;
  /** Without the query. */
  readonly path: string;
}

/**
 * A write that carries `Idempotency-Key` is worked on once; a repetition gets the stored answer. Failures are not
 * stored: the client may repeat them. Answers are kept for a day.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    @Inject(ACCESS_POOL) private readonly pool: Pool,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async intercept(execution: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const reply = execution.switchToHttp().getResponse<FastifyReply>();
    const claim = claimOf(request);
    if (claim === null) return next.handle();
    const stored = await this.begin(claim);
    if (stored !== null) {
      void reply.status(stored.status).header('idempotent-replayed', 'true');
      return from([stored.body === null ? undefined : (JSON.parse(stored.body) as unknown)]);
    }
    return next.handle().pipe(
      catchError(async (error: unknown) => {
        await this.bookkeeping(() => this.forget(claim));
        throw error;
      }),
      mergeMap(async (answer: unknown) => {
        await this.bookkeeping(() => this.finish(claim, reply.statusCode, answer));
        return answer;
      }),
    );
  }

  /** What was done is done and what failed has failed, whether we can note it or not: the client hears of that. */
  private async bookkeeping(note: () => Promise<void>): Promise<void> {
    try {
      await note();
    } catch (error) {
      this.logger.warn({ err: error }, 'an idempotent answer could not be noted');
    }
  }

  private async begin({
    owner,
    apiKey,
    key,
    requestSha256,
    path,
  }: Claim): Promise<{ status: number; body: string | null } | null> {
    const taken = await this.pool.query(
      `INSERT INTO access.idempotent_answer (key_id, idempotency_key, request_sha256, path)
       VALUES ($1, $2, $3, $4)
       ON CONFLICT (key_id, idempotency_key) DO UPDATE
         SET request_sha256 = excluded.request_sha256, path = excluded.path, begun_at = now(), status = NULL, body = NULL
         WHERE idempotent_answer.begun_at < now() - CASE WHEN idempotent_answer.status IS NULL
           THEN interval '2 minutes' ELSE interval '1 day' END`,
      [owner, key, requestSha256, path],
    );
    if (taken.rowCount === 1) return null;
    const { rows } = await this.pool.query<{
      request_sha256: Buffer;
      status: number | null;
      body: Buffer | null;
    }>(
      'SELECT request_sha256, status, body FROM access.idempotent_answer WHERE key_id = $1 AND idempotency_key = $2',
      [owner, key],
    );
    const first = rows[0];
    if (first === undefined) throw new IdempotencyKeyInUseError();
    if (!first.request_sha256.equals(requestSha256)) throw new IdempotencyKeyReusedError();
    if (first.status === null) throw new IdempotencyKeyInUseError();
    return { status: first.status, body: first.body === null ? null : opened(apiKey, first.body) };
  }

  private async finish(claim: Claim, status: number, answer: unknown): Promise<void> {
    const { owner, apiKey, key, requestSha256 } = claim;
    // Only for the request that it answers: after two minutes another one may have taken the key.
    await this.pool.query(
      `UPDATE access.idempotent_answer SET status = $4, body = $5
       WHERE key_id = $1 AND idempotency_key = $2 AND request_sha256 = $3`,
      [
        owner,
        key,
        requestSha256,
        status,
        answer === undefined ? null : sealAnswer(apiKey, JSON.stringify(answer)),
      ],
    );
    await this.pool.query("DELETE FROM access.idempotent_answer WHERE begun_at < now() - interval '1 day'");
  }

  private async forget({ owner, key, requestSha256 }: Claim): Promise<void> {
    await this.pool.query(
      `DELETE FROM access.idempotent_answer
       WHERE key_id = $1 AND idempotency_key = $2 AND request_sha256 = $3`,
      [owner, key, requestSha256],
    );
  }
}

/** The admin key keeps its id when it is changed; an answer sealed with the earlier one stays closed. */
function opened(apiKey: string, sealed: Buffer): string {
  try {
    return openAnswer(apiKey, sealed);
  } catch (error) {
    throw new IdempotencyKeyReusedError({ cause: error });
  }
}

function claimOf(request: FastifyRequest): Claim | null {
  const key = request.headers['idempotency-key'];
  const owner = principalOf(request)?.id;
  // A stream cannot be compared with an earlier one; the lines of a batch are idempotent by themselves.
  const streamed = request.headers['content-type']?.startsWith('application/x-ndjson') ?? false;
  if (key === undefined || owner === undefined || streamed || !writes.has(request.method)) return null;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key)) throw new BadIdempotencyKeyError();
  const request256 = createHash('sha256')
    .update(`${request.method} ${request.url}\n`)
    .update(JSON.stringify(request.body ?? null));
  // Without the scheme, which may be written in any case.
  const apiKey = request.headers.authorization?.split(' ')[1] ?? '';
  return { owner, apiKey, key, requestSha256: request256.digest(), path: request.url.replace(/\?.*/s, '') };
}

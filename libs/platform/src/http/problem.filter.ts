import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { isDatabaseAway } from '../database/database-away.ts';
import { type Logger } from '../logger.ts';
import { problemOf, type FieldFault, type Problem, type RefusalTable } from './problem.ts';

const retryAfterSeconds = 2;

/** The one place where a failure becomes an answer: a problem document, without a stack and without SQL. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly refusals: RefusalTable,
    private readonly logger: Logger,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const problem = this.problemFor(error);
    if (problem.status >= 500) {
      this.logger.error({ err: error, method: request.method, path: request.url }, 'request failed');
    }
    if (reply.sent) return;
    const retryAfter = retryAfterOf(error, problem.status);
    if (retryAfter !== null) void reply.header('retry-after', retryAfter);
    if (problem.status === 401) void reply.header('www-authenticate', 'Bearer');
    send(reply, problem);
  }

  private problemFor(error: unknown): Problem {
    const { code, message, errors } = error as {
      code?: unknown;
      message?: string;
      errors?: readonly FieldFault[];
    };
    const meaning = typeof code === 'string' ? this.refusals[code] : undefined;
    if (meaning !== undefined) return problemOf(code as string, meaning, message ?? meaning.title, errors);
    if (statusOf(error) === 413) return tooLarge;
    if (error instanceof HttpException) return fromHttpException(error);
    if (isDatabaseAway(error)) return databaseAway;
    return fromFastifyError(error) ?? unexpected;
  }
}

/** A refusal that passes by itself says when, whatever its status. */
function retryAfterOf(error: unknown, status: number): number | null {
  const { retryAfterSeconds: given } = error as { retryAfterSeconds?: unknown };
  if (typeof given === 'number') return given;
  return status === 503 || status === 429 ? retryAfterSeconds : null;
}

/** For what the router refuses before any filter could: a malformed URL, an over-long parameter. */
export function answerRouterError(error: Error, _request: unknown, reply: FastifyReply): void {
  send(reply, fromFastifyError(error) ?? unexpected);
}

function send(reply: FastifyReply, problem: Problem): void {
  void reply
    .status(problem.status)
    .header('content-type', 'application/problem+json')
    .send(JSON.stringify(problem));
}

const unexpected = problemOf(
  'unexpected',
  { status: 500, title: 'Something went wrong on our side' },
  'The request could not be completed; the failure is in the log.',
);

const databaseAway = problemOf(
  'database_unavailable',
  { status: 503, title: 'The database cannot be reached now' },
  'Nothing is lost; repeat the request.',
);

function statusOf(error: unknown): unknown {
  return error instanceof HttpException ? error.getStatus() : (error as { statusCode?: unknown }).statusCode;
}

function fromHttpException(error: HttpException): Problem {
  const status = error.getStatus();
  return problemOf(
    status === 404 ? 'not_found' : 'refused',
    { status, title: titleOf(status) },
    error.message,
  );
}

/** Fastify refuses a body before Nest sees it: too large, of another media type, cut short. */
function fromFastifyError(error: unknown): Problem | undefined {
  const { statusCode, message, code } = error as { statusCode?: unknown; message?: string; code?: unknown };
  if (typeof statusCode !== 'number' || statusCode < 400 || statusCode > 499 || typeof code !== 'string')
    return undefined;
  return problemOf(
    code.toLowerCase(),
    { status: statusCode, title: titleOf(statusCode) },
    message ?? titleOf(statusCode),
  );
}

const tooLarge = problemOf(
  'body_too_large',
  { status: 413, title: 'The body is too large' },
  'A request may have 7 MiB, and the text of a statement 1 MiB of UTF-8.',
  [{ pointer: '', message: 'is larger than 7 MiB' }],
);

function titleOf(status: number): string {
  const titles: Record<number, string> = {
    400: 'The request is not valid',
    401: 'A key is needed',
    403: 'The key does not allow this',
    404: 'There is no such thing',
    405: 'The method is not allowed here',
    413: 'The body is too large',
    414: 'The address is too long',
    415: 'The media type is not supported',
  };
  return titles[status] ?? 'The request was refused';
}

import { createHash } from 'node:crypto';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { InvalidInputError } from './problem.ts';

/** The body of a request as it came, before anything was read into it. */
export interface BodyBytes {
  readonly sha256: string;
  readonly byteCount: number;
}

const bodies = new WeakMap<FastifyRequest, BodyBytes>();

/** Of a request with JSON; the bytes are those inside the transfer encoding, before any decoding. */
export function bodyBytesOf(request: FastifyRequest): BodyBytes | undefined {
  return bodies.get(request);
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/**
 * JSON is read as strict UTF-8: Fastify's own parser would turn broken bytes into U+FFFD, and a statement's text
 * would be altered in silence. NDJSON is left as a stream for its route.
 */
export function installBodyParsers(fastify: FastifyInstance): void {
  // Fastify would read `text/plain` too, and the schema would then complain of a text where none was meant.
  fastify.removeAllContentTypeParsers();
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const bytes = body as Buffer;
    bodies.set(request, {
      sha256: createHash('sha256').update(bytes).digest('hex'),
      byteCount: bytes.length,
    });
    // A POST without a body (as in "test this webhook") is fine; the route's schema decides.
    if (bytes.length === 0) {
      done(null, undefined);
      return;
    }
    const text = decode(bytes);
    if (text === undefined) {
      done(new InvalidInputError([{ pointer: '', message: 'is not valid UTF-8' }]));
      return;
    }
    // The parser's declared return type is a promise of older versions; it answers through `done`.
    void parseJson(request, text, (error, value) => {
      if (error === null) {
        done(null, value);
        return;
      }
      done(new InvalidInputError([{ pointer: '', message: `is not valid JSON: ${error.message}` }]));
    });
  });
  fastify.addContentTypeParser('application/x-ndjson', (_request, payload, done) => {
    done(null, payload);
  });
  readRefusedBodiesToTheirEnd(fastify);
}

/**
 * Fastify closes the connection on a body that is too large; a client that is still sending would then find a broken
 * pipe in place of the answer. Without that header Node reads on and throws away what comes.
 */
function readRefusedBodiesToTheirEnd(fastify: FastifyInstance): void {
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (reply.statusCode === 413) reply.removeHeader('connection');
    done();
  });
}

/** Undefined when the bytes are not UTF-8. */
export function decode(bytes: Uint8Array): string | undefined {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return undefined;
  }
}

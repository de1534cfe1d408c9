import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { admitRequests, HealthRegistry, type Logger } from '#platform';
import { ProofError } from '#proofs';
import { originHash } from './head.store.ts';
import { BadSubmissionError, readSubmission } from './submission.ts';
import { type Answer, type Witness } from './witness.ts';

/** 64 lines of 45 bytes, and a checkpoint of 16 signatures with the longest names. */
const bodyBytesMax = 65_536;
const plain = 'text/plain; charset=utf-8';

/** C2SP tlog-witness: submission and monitoring under one prefix, which is the root. */
export function createWitnessServer(witness: Witness, logger: Logger): FastifyInstance {
  const server = fastify({ bodyLimit: bodyBytesMax, requestTimeout: 10_000, forceCloseConnections: 'idle' });
  const health = new HealthRegistry();
  server.addHook('preClose', (done) => {
    health.drain();
    done();
  });
  admitRequests(server, health);
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
  server.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) logger.error({ err: error, url: request.url }, 'a request failed');
    return reply
      .status(status)
      .type(plain)
      .send(`${status < 500 ? error.message : 'It failed; see the log.'}\n`);
  });

  server.get('/health/live', () => ({ status: 'live' }));
  server.get('/health/ready', (_request, reply) =>
    reply.status(health.isDraining ? 503 : 200).send({ ready: !health.isDraining }),
  );
  server.get('/', (_request, reply) =>
    reply.type(plain).send(`${witness.vkey}\n\n${witness.origins.map((origin) => `${origin}\n`).join('')}`),
  );
  server.post<{ Body: Buffer | undefined }>('/add-checkpoint', async (request, reply) => {
    const answer = await answerTo(witness, request.body ?? Buffer.alloc(0));
    logger.info({ ...answer, signature: undefined }, 'add-checkpoint');
    return send(reply, answer);
  });
  server.get<{ Params: { log: string } }>('/:log/checkpoint', async ({ params }, reply) => {
    const origin = witness.origins.find((each) => originHash(each) === params.log);
    const note = origin === undefined ? null : await witness.latest(origin);
    if (note === null)
      return reply
        .status(404)
        .type(plain)
        .send('Nothing was cosigned of a log with this hash of its origin.\n');
    return reply.header('cache-control', 'no-store').type(plain).send(note);
  });
  return server;
}

async function answerTo(witness: Witness, body: Buffer): Promise<Answer> {
  try {
    return await witness.add(readSubmission(body));
  } catch (error) {
    if (!(error instanceof BadSubmissionError) && !(error instanceof ProofError)) throw error;
    return { kind: 'refused', status: 400, reason: error.message, isEvidence: false };
  }
}

function send(reply: FastifyReply, answer: Answer): FastifyReply {
  switch (answer.kind) {
    case 'cosigned':
      return reply.type(plain).send(answer.signature);
    case 'stale':
      return reply.status(409).type('text/x.tlog.size').send(`${answer.size}\n`);
    case 'refused':
      return reply.status(answer.status).type(plain).send(`${answer.reason}\n`);
  }
}

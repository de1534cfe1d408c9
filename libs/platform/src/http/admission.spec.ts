import { connect, type Socket } from 'node:net';
import { Controller, Get, Module } from '@nestjs/common';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { createLogger } from '../logger.ts';
import { PlatformModule } from '../platform.module.ts';
import { closeHttpApp, createHttpApp } from './http-app.ts';
import { signedCursors } from './page.ts';

let reached: PromiseWithResolvers<undefined>;
let finish: PromiseWithResolvers<undefined>;

@Controller('slow')
class SlowController {
  @Get()
  async slow() {
    reached.resolve(undefined);
    await finish.promise;
    return { done: true };
  }
}

@Module({})
class Root {}

let app: NestFastifyApplication;
let port: number;

beforeEach(async () => {
  reached = Promise.withResolvers();
  finish = Promise.withResolvers();
  const logger = createLogger('test', 'silent');
  const cursors = signedCursors(Buffer.alloc(32));
  app = await createHttpApp(
    {
      module: Root,
      imports: [PlatformModule.with({ logger, cursors, counters: [] })],
      controllers: [SlowController],
    },
    {},
  );
  await app.listen(0, '127.0.0.1');
  port = Number(new URL(await app.getUrl()).port);
});

afterEach(async () => {
  finish.resolve(undefined);
  await app.close();
});

async function opened(): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await new Promise((resolve) => socket.once('connect', resolve));
  return socket;
}

/** Everything that comes over the connection, when the other side has ended it. */
async function received(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  await new Promise((resolve) => socket.once('close', resolve));
  return Buffer.concat(chunks).toString();
}

const keptAlive = 'GET /slow HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n';

it('finishes what is in hand when it closes, and does not wait for the client to let go of the connection', async () => {
  const socket = await opened();
  const answer = received(socket);
  socket.write(keptAlive);
  await reached.promise;
  const closed = closeHttpApp(app);
  finish.resolve(undefined);
  await closed;
  expect(await answer).toMatch(/^HTTP\/1\.1 200 OK[^]*connection: close[^]*\{"done":true\}$/);
});

it('does not wait for a connection on which nothing was asked', async () => {
  const socket = await opened();
  const answer = received(socket);
  await closeHttpApp(app);
  expect(await answer).toBe('');
});

it('does not wait for a connection on which nothing was asked while another request was finished', async () => {
  const [busy, silent] = [await opened(), await opened()];
  const answers = [received(busy), received(silent)];
  busy.write(keptAlive);
  await reached.promise;
  const closed = closeHttpApp(app);
  finish.resolve(undefined);
  await closed;
  expect((await answers[0])?.endsWith('{"done":true}')).toBe(true);
  expect(await answers[1]).toBe('');
});

import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { addressGuard } from '#address-guard';
import {
  answerBytes,
  answerStatus,
  neverAnswer,
  openReceiver,
  pem,
  reset,
  type Script,
  type ScriptedReceiver,
} from '../../test/scripted-receiver.ts';
import { type AttemptResult, type SenderSettings, webhookSender } from './webhook.sender.ts';

const settings: SenderSettings = {
  connectTimeoutMs: 400,
  headersTimeoutMs: 300,
  attemptTimeoutMs: 600,
  excerptTimeoutMs: 200,
  certificateAuthorities: [],
};
const guard = addressGuard({ allowHttp: false, allowLoopback: true, allowedAddresses: new Set() }, () =>
  Promise.reject(new Error('asked the DNS')),
);
const open: ScriptedReceiver[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((receiver) => receiver.close()));
});

async function receiver(script: Script, certificate?: string): Promise<ScriptedReceiver> {
  const opened = await openReceiver(script, certificate);
  open.push(opened);
  return opened;
}

function send(url: string, overrides: Partial<SenderSettings> = {}): Promise<AttemptResult> {
  const sender = webhookSender(guard, { ...settings, ...overrides });
  const request = { url, headers: { 'webhook-id': 'msg_1' }, body: Buffer.from('{"a":"ж"}') };
  return sender(request, new AbortController().signal);
}

describe('the sender', () => {
  it.each([200, 201, 202, 204, 301, 302, 307, 308, 410, 422, 500, 503])('reports a %d', async (status) => {
    const target = await receiver(answerStatus(200));
    const { url, requests } = await receiver(answerStatus(status, { location: target.url }));
    await expect(send(url)).resolves.toMatchObject({ kind: 'answered', status });
    expect(requests).toHaveLength(1);
    expect(target.acceptCount()).toBe(0);
  });

  it('sends the bytes and headers that it was given, to the whole path', async () => {
    const { url, requests } = await receiver(answerStatus(200));
    await send(`${url}?token=a%20b`);
    expect(requests[0]!.path).toBe('/hook?token=a%20b');
    expect(requests[0]!.body).toEqual(Buffer.from('{"a":"ж"}'));
    expect(requests[0]!.headers).toMatchObject({
      'webhook-id': 'msg_1',
      host: new URL(url).host,
      'content-length': '10',
      connection: 'close',
    });
  });

  it('reads Retry-After and the start of the answer', async () => {
    const { url } = await receiver(answerStatus(503, { 'retry-after': '7' }, 'busy\u0000'));
    await expect(send(url)).resolves.toMatchObject({ retryAfter: '7', excerpt: 'busy\uFFFD' });
  });

  it('keeps 16 KiB of an endless answer and hangs up', async () => {
    const { url } = await receiver((request, response) => {
      response.writeHead(200);
      const pour = (): void => {
        while (!request.socket.destroyed && response.write(Buffer.alloc(65_536, 'x')));
      };
      response.on('drain', pour);
      pour();
    });
    const result = await send(url);
    expect(result).toMatchObject({ kind: 'answered', status: 200, bodyBroken: false });
    expect(result.kind === 'answered' && result.excerpt.length).toBe(16_384);
  });

  it('counts the status line of an answer whose body never ends or breaks off', async () => {
    const trickle = await receiver((_request, response) => response.writeHead(200).write('a'));
    await expect(send(trickle.url)).resolves.toMatchObject({ status: 200, excerpt: 'a', bodyBroken: false });
    const broken = await receiver(answerBytes('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nab'));
    await expect(send(broken.url)).resolves.toMatchObject({ status: 200, excerpt: 'ab', bodyBroken: true });
  });

  it.each<[string, Script, string]>([
    ['resets', reset, 'reset'],
    ['hangs up without a word', ({ socket }) => socket.end(), 'empty_reply'],
    ['talks junk', answerBytes('SSH-2.0-OpenSSH_9.9\r\n\r\n'), 'protocol_error'],
    ['breaks off in its headers', answerBytes('HTTP/1.1 200 OK\r\ncontent-'), 'protocol_error'],
    [
      'sends a length that is none',
      answerBytes('HTTP/1.1 200 OK\r\ncontent-length: ten\r\n\r\n'),
      'content_length_invalid',
    ],
    [
      'sends 1 MB of headers',
      answerBytes(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(1_000_000)}\r\n\r\n`),
      'headers_too_large',
    ],
    ['changes the protocol', answerBytes('HTTP/1.1 101 Switching\r\nupgrade: x\r\n\r\n'), 'protocol_error'],
    ['never answers', neverAnswer, 'timeout'],
  ])('has a code for a receiver that %s, and says that it may have acted', async (_what, script, code) => {
    const { url } = await receiver(script);
    await expect(send(url)).resolves.toMatchObject({ kind: 'unanswered', code, bodySent: true });
  });

  it('is not stretched by dripping headers or endless 103s', async () => {
    for (const line of ['x-drip: 1\r\n', 'HTTP/1.1 103 Early Hints\r\nlink: <a>\r\n\r\n']) {
      const { url } = await receiver(({ socket }) => {
        if (line.startsWith('x')) socket.write('HTTP/1.1 200 OK\r\n');
        const timer = setInterval(() => socket.write(line), 30);
        socket.on('close', () => {
          clearInterval(timer);
        });
      });
      const result = await send(url);
      expect(result).toMatchObject({ kind: 'unanswered', code: 'timeout' });
      expect(result.durationMs).toBeLessThan(500);
    }
  });

  it('ends the whole attempt at its deadline', async () => {
    const { url } = await receiver(neverAnswer);
    const result = await send(url, { attemptTimeoutMs: 150, headersTimeoutMs: 5_000 });
    expect(result).toMatchObject({ code: 'timeout' });
    expect(result.durationMs).toBeLessThan(400);
  });

  it('has a code for a closed port, and knows that nothing was sent', async () => {
    const closed = await openReceiver(neverAnswer);
    await closed.close();
    await expect(send(closed.url)).resolves.toMatchObject({ code: 'connect_refused', bodySent: false });
  });

  it('refuses a private address without dialling', async () => {
    await expect(send('https://10.0.0.1/')).resolves.toMatchObject({
      code: 'blocked_address',
      bodySent: false,
    });
  });

  it('rejects when it is told to stop', async () => {
    const { url } = await receiver(neverAnswer);
    const stop = new AbortController();
    const sent = webhookSender(guard, settings)({ url, headers: {}, body: Buffer.from('x') }, stop.signal);
    stop.abort(new Error('drained'));
    await expect(sent).rejects.toThrow('drained');
  });
});

describe('the sender over TLS', () => {
  it('delivers to a certificate of a known authority', async () => {
    const { url } = await receiver(answerStatus(200), 'localhost');
    const result = await send(url, { certificateAuthorities: [pem('ca')] });
    expect(result).toMatchObject({ kind: 'answered', status: 200 });
    const byAddress = await send(url.replace('localhost', '127.0.0.1'), {
      certificateAuthorities: [pem('ca')],
    });
    expect(byAddress).toMatchObject({ kind: 'answered', status: 200 });
  });

  it.each([
    ['expired', 'tls_expired'],
    ['self-signed', 'tls_self_signed'],
    ['elsewhere', 'tls_wrong_host'],
  ])('refuses a certificate that is %s before any byte of HTTP', async (certificate, code) => {
    const { url, requests } = await receiver(answerStatus(200), certificate);
    const result = await send(url, { certificateAuthorities: [pem('ca')] });
    expect(result).toMatchObject({ kind: 'unanswered', code, bodySent: false });
    expect(requests).toHaveLength(0);
  });

  it('refuses an authority that it does not know', async () => {
    const { url } = await receiver(answerStatus(200), 'localhost');
    await expect(send(url)).resolves.toMatchObject({ code: 'tls_untrusted', bodySent: false });
  });

  it('gives up on a stalled handshake, and tells it from a stalled connection', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await expect(send(`https://127.0.0.1:${port}/`)).resolves.toMatchObject({
      code: 'tls_timeout',
      bodySent: false,
    });
    server.close();
  });
});

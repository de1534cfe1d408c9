import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { dnsResolver } from './name.resolver.ts';

/** A DNS server on loopback that answers every question by the script, or never. */
async function dnsServer(answer: (question: Buffer) => Buffer | null): Promise<Socket> {
  const server = createSocket('udp4');
  server.on('message', (question, from) => {
    const reply = answer(question);
    if (reply !== null) server.send(reply, from.port, from.address);
  });
  server.bind(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** The question sent back as an answer without records: `rcode` 3 is NXDOMAIN, 2 is SERVFAIL. */
function reply(question: Buffer, rcode: number): Buffer {
  const answer = Buffer.from(question);
  answer.writeUInt16BE(0x8180 | rcode, 2);
  return answer;
}

async function codeFrom(answer: (question: Buffer) => Buffer | null, dnsTimeoutMs = 2_000): Promise<unknown> {
  const server = await dnsServer(answer);
  const resolve = dnsResolver({ dnsTimeoutMs, dnsServers: [`127.0.0.1:${server.address().port}`] });
  const code = await resolve('example.org').catch((error: unknown) => (error as { code: string }).code);
  server.close();
  return code;
}

describe('the name resolver', () => {
  it('says that a name does not exist', async () => {
    await expect(codeFrom((question) => reply(question, 3))).resolves.toBe('dns_not_found');
  });

  it('says that a server failed', async () => {
    await expect(codeFrom((question) => reply(question, 2))).resolves.toBe('dns_failed');
  });

  it('gives up on a silent server at its deadline', async () => {
    const startedAt = performance.now();
    await expect(codeFrom(() => null, 200)).resolves.toBe('dns_timeout');
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});

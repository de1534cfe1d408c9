import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface ReceivedRequest {
  /** 1 for the first request of this receiver. */
  readonly number: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Milliseconds of `performance.now()`. */
  readonly at: number;
  readonly socket: Socket;
}

/** Answers one request, or hangs, or breaks off, as the test wants. */
export type Script = (request: ReceivedRequest, response: ServerResponse) => void;

export interface ScriptedReceiver {
  readonly url: string;
  readonly requests: readonly ReceivedRequest[];
  /** Connections accepted, with or without a request. */
  acceptCount(): number;
  answer(script: Script): void;
  close(): Promise<void>;
}

/** A webhook endpoint on a real socket of 127.0.0.1. */
export async function openReceiver(script: Script, certificate?: string): Promise<ScriptedReceiver> {
  const requests: ReceivedRequest[] = [];
  let current = script;
  let acceptCount = 0;
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    void buffer(request).then(
      (body) => {
        const received = receivedFrom(request, body, requests.length + 1);
        requests.push(received);
        current(received, response);
      },
      () => undefined,
    );
  };
  const server: Server =
    certificate === undefined
      ? createServer({ keepAliveTimeout: 60_000 }, onRequest)
      : createTlsServer({ key: pem(`${certificate}.key`), cert: pem(certificate) }, onRequest);
  server.on('connection', () => (acceptCount += 1));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: certificate === undefined ? `http://127.0.0.1:${port}/hook` : `https://localhost:${port}/hook`,
    requests,
    acceptCount: () => acceptCount,
    answer: (next) => {
      current = next;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function answerStatus(status: number, headers: Record<string, string> = {}, body = ''): Script {
  return (_request, response) => {
    response.writeHead(status, headers).end(body);
  };
}

/** Writes these bytes as the whole answer, whether they are HTTP or not, and hangs up. */
export function answerBytes(bytes: string): Script {
  return ({ socket }) => {
    socket.end(bytes);
  };
}

/** Reads the request and never answers. */
export const neverAnswer: Script = () => undefined;

/** Reads the request and resets the connection. */
export const reset: Script = ({ socket }) => {
  socket.resetAndDestroy();
};

/** A certificate or key of `test/certificates`; they are good for nothing but these tests. */
export function pem(name: string): string {
  return readFileSync(new URL(`certificates/${name}.pem`, import.meta.url), 'utf8');
}

function receivedFrom(request: IncomingMessage, body: Buffer, number: number): ReceivedRequest {
  const headers = request.headers as Record<string, string>;
  const { socket, url: path = '/' } = request;
  return { number, path, headers, body, at: performance.now(), socket };
}

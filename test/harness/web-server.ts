import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';

/** Answers one request, well or badly. */
export type Page = (request: IncomingMessage, response: ServerResponse) => void;

export interface AskedFor {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** Milliseconds of `performance.now()`. */
  readonly at: number;
}

/** A web server on loopback whose pages a test can change at any time; what it does not have is a 404. */
export interface WebServer {
  readonly origin: string;
  readonly asked: readonly AskedFor[];
  /** The requests for one path. */
  askedFor(path: string): readonly AskedFor[];
  serve(path: string, page: Page): void;
  remove(path: string): void;
  close(): Promise<void>;
}

const open = new Set<WebServer>();

/** For `afterEach`: a server that a failed test left open would keep the whole run alive. */
export async function closeWebServers(): Promise<void> {
  await Promise.all([...open].map((server) => server.close()));
}

export async function openWebServer(): Promise<WebServer> {
  const pages = new Map<string, Page>();
  const asked: AskedFor[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    asked.push({ path, headers: request.headers, at: performance.now() });
    response.on('error', () => undefined);
    (pages.get(path) ?? answer(404, 'not here'))(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const self: WebServer = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    askedFor: (path) => asked.filter((each) => each.path === path),
    serve: (path, page) => void pages.set(path, page),
    remove: (path) => void pages.delete(path),
    close: async () => {
      open.delete(self);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  open.add(self);
  return self;
}

export function answer(
  status: number,
  body: string | Buffer = '',
  headers: Record<string, string> = {},
): Page {
  return (_request, response) => {
    response.writeHead(status, headers).end(body);
  };
}

export function feedOf(body: string | Buffer, headers: Record<string, string> = {}): Page {
  return answer(200, body, { 'content-type': 'application/rss+xml', ...headers });
}

export function htmlOf(body: string | Buffer, headers: Record<string, string> = {}): Page {
  return answer(200, body, { 'content-type': 'text/html; charset=utf-8', ...headers });
}

/** Reads the request and never answers. */
export const silence: Page = () => undefined;

/** Sends the same piece for ever, a pause between two. */
export function endless(piece: string | Buffer, everyMs: number, headers: Record<string, string> = {}): Page {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/rss+xml', ...headers });
    const timer = setInterval(() => response.write(piece), everyMs);
    response.on('close', () => {
      clearInterval(timer);
    });
  };
}

import { retryAfterMs, type AddressGuard } from '#address-guard';
import { HarvestError } from '../harvest.error.ts';
import { acceptedEncodings } from './bounded-body.ts';
import { type Fetched, type Fetcher, type FetchLimits, type FetchRequest } from './fetched.ts';
import { Hop, type HopAnswer } from './hop.ts';

export interface FetchParts {
  readonly guard: AddressGuard;
  /** "CorridorWatch/<version> (+<contact>)": whoever runs the server can tell who came, and ask us to stay away. */
  readonly userAgent: string;
  readonly now?: () => number;
}

/** Called before each hop, and not left until the hop may begin; its answer is called when the hop has ended. */
export type Gate = (url: URL, stop: AbortSignal) => Promise<() => void>;

const openGate: Gate = () => Promise.resolve(() => undefined);

const redirects = new Set([301, 302, 303, 307, 308]);
const keptHeaders = [
  'content-type',
  'content-encoding',
  'etag',
  'last-modified',
  'date',
  'server',
  'retry-after',
];
const headerLengthMax = 500;

/** Fetches over the checked addresses alone, each redirect checked as the first address was. */
export function fetchWithin(limits: FetchLimits, parts: FetchParts, gate: Gate = openGate): Fetcher {
  const { guard, userAgent, now = Date.now } = parts;
  return async (request, stop) => {
    const seen = new Set<string>();
    for (let url = request.url; ;) {
      if (seen.has(url))
        throw new HarvestError('redirect_loop', 'The redirects lead back to where they began');
      seen.add(url);
      const leave = await gate(parsed(url), stop);
      let answer: HopAnswer;
      try {
        const hop = new Hop(guard, limits, stop);
        answer = await hop.run(url, headersFor(request, userAgent), (headers) => {
          demandType(request, headers);
        });
      } finally {
        leave();
      }
      if (!redirects.has(answer.status)) return fetched(request, url, answer, now());
      if (seen.size > limits.redirectsMax) {
        throw new HarvestError('too_many_redirects', `More than ${limits.redirectsMax} redirects`);
      }
      url = redirectTarget(url, answer);
    }
  };
}

function parsed(url: string): URL {
  const result = URL.parse(url);
  if (result === null) throw new HarvestError('url_refused', 'The URL cannot be read');
  return result;
}

function headersFor(request: FetchRequest, userAgent: string): Record<string, string> {
  const { etag = null, lastModified = null } = request;
  return {
    'user-agent': userAgent,
    accept: request.accept,
    'accept-encoding': acceptedEncodings,
    ...(etag !== null && { 'if-none-match': etag }),
    ...(lastModified !== null && { 'if-modified-since': lastModified }),
  };
}

/** @throws HarvestError where it leads nowhere, or from a secret connection to an open one */
export function redirectTarget(from: string, { status, headers }: Omit<HopAnswer, 'bytes'>): string {
  const target = URL.parse(headers['location'] ?? '', from);
  if (target === null || headers['location'] === undefined) {
    throw new HarvestError('redirect_broken', `The ${status} leads nowhere`);
  }
  // What was asked for in secret is not fetched in the clear, where anyone on the way can change it.
  if (from.startsWith('https:') && target.protocol === 'http:') {
    throw new HarvestError('redirect_downgrade', 'The redirect leads from https to http');
  }
  target.hash = '';
  return target.href;
}

function demandType(request: FetchRequest, headers: Readonly<Record<string, string>>): void {
  const { mediaType } = contentTypeOf(headers['content-type']);
  if (request.acceptable(mediaType)) return;
  throw new HarvestError('content_type_refused', `The body is ${(mediaType ?? 'of no type').slice(0, 100)}`);
}

function fetched(request: FetchRequest, finalUrl: string, answer: HopAnswer, nowMs: number): Fetched {
  const { status, headers, bytes } = answer;
  const head = {
    status,
    url: request.url,
    finalUrl,
    headers: kept(headers),
    fetchedAt: new Date(nowMs).toISOString(),
  };
  if (bytes !== null) return { kind: 'content', ...head, bytes, ...contentTypeOf(headers['content-type']) };
  if (status === 304) return { kind: 'unchanged', ...head };
  if (status === 404 || status === 410) return { kind: 'gone', ...head };
  if (status === 429 || status === 503) {
    return { kind: 'busy', ...head, retryAfterMs: retryAfterMs(headers['retry-after'] ?? null, nowMs) };
  }
  return { kind: status >= 500 ? 'failed' : 'refused', ...head };
}

function contentTypeOf(header: string | undefined): { mediaType: string | null; charset: string | null } {
  const [type = '', ...parameters] = (header ?? '').split(';').map((part) => part.trim());
  const charset = parameters.find((parameter) => /^charset\s*=/i.test(parameter));
  return {
    mediaType: type === '' ? null : type.toLowerCase(),
    charset: charset?.replace(/^charset\s*=\s*/i, '').replaceAll(/["']/g, '') ?? null,
  };
}

function kept(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    keptHeaders.flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [[name, value.slice(0, headerLengthMax)]];
    }),
  );
}

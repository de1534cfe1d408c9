import { fetchWithin, type FetchParts } from '../fetching/fetch-within.ts';
import { type Fetcher, type FetchLimits } from '../fetching/fetched.ts';
import { HarvestError } from '../harvest.error.ts';
import { HostQueue } from './host.queue.ts';
import { RobotsCache } from './robots.cache.ts';
import { robotsBytesMax } from './robots.rules.ts';

export interface Politeness {
  /** Between two requests to one host, unless its robots.txt asks for more. */
  readonly hostDelayMs: number;
  /** A host that asks for a longer pause is left alone: it does not want to be read by machines. */
  readonly crawlDelayMaxMs: number;
}

/**
 * Makes fetchers that share one view of every host: its robots.txt, and whose turn it is.
 * @param limits of every fetch, where it brings no others
 */
export function politeFetchers(
  politeness: Politeness,
  limits: FetchLimits,
  parts: FetchParts,
): (own: Partial<FetchLimits>) => Fetcher {
  const queue = new HostQueue(parts.now);
  const robots = robotsCache(politeness, limits, parts, queue);
  return (own) =>
    fetchWithin({ ...limits, ...own }, parts, async (url, stop) => {
      const rules = await robots.rulesOf(url, stop);
      if (!rules.allows(url)) {
        throw new HarvestError('robots_refused', `robots.txt of ${url.host} keeps us out`);
      }
      const delayMs = Math.max(politeness.hostDelayMs, rules.crawlDelayMs ?? 0);
      if (delayMs > politeness.crawlDelayMaxMs) {
        const seconds = delayMs / 1_000;
        throw new HarvestError('crawl_delay_too_long', `${url.host} asks for ${seconds} s between requests`);
      }
      return queue.enter(url.host, delayMs, stop);
    });
}

function robotsCache(
  { hostDelayMs }: Politeness,
  limits: FetchLimits,
  parts: FetchParts,
  queue: HostQueue,
): RobotsCache {
  const bounds = { wireBytesMax: robotsBytesMax, bodyBytesMax: robotsBytesMax, overflow: 'cut' } as const;
  const fetch: Fetcher = fetchWithin({ ...limits, ...bounds }, parts, (url, stop) =>
    queue.enter(url.host, hostDelayMs, stop),
  );
  const product = parts.userAgent.split('/', 1)[0] ?? parts.userAgent;
  return new RobotsCache(fetch, product, parts.now);
}

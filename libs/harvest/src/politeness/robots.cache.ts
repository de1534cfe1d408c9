import { HarvestError } from '../harvest.error.ts';
import { type Fetched, type Fetcher } from '../fetching/fetched.ts';
import { everythingAllowed, robotsRules, type RobotsRules } from './robots.rules.ts';

interface Entry {
  readonly rules: Promise<RobotsRules>;
  readonly until: number;
}

/** RFC 9309: no longer than a day. */
const keptMs = 24 * 3_600_000;
/** Nobody could say whether we may come; asked again before long. */
const unreachableKeptMs = 10 * 60_000;
const hostsMax = 1_000;

/** The rules of each host, fetched when first needed. */
export class RobotsCache {
  readonly #entries = new Map<string, Entry>();

  constructor(
    private readonly fetch: Fetcher,
    private readonly product: string,
    private readonly now: () => number = Date.now,
  ) {}

  /** @throws HarvestError `robots_unreachable`, or why the host could not be reached at all */
  async rulesOf(url: URL, stop: AbortSignal): Promise<RobotsRules> {
    const known = this.#entries.get(url.origin);
    if (known !== undefined && known.until > this.now()) return this.#shared(known.rules, url, stop);
    const rules = this.#fetchRules(url.origin, stop);
    // While it is under way others wait for the same answer.
    this.#keep(url.origin, { rules, until: this.now() + unreachableKeptMs });
    try {
      const found = await rules;
      this.#keep(url.origin, { rules, until: this.now() + keptMs });
      return found;
    } catch (error) {
      // We broke off, which says nothing about the host.
      if (!(error instanceof HarvestError)) this.#entries.delete(url.origin);
      throw error;
    }
  }

  async #shared(rules: Promise<RobotsRules>, url: URL, stop: AbortSignal): Promise<RobotsRules> {
    try {
      return await rules;
    } catch (error) {
      // Only whoever fetched was told to stop; the question stands.
      if (error instanceof HarvestError || stop.aborted) throw error;
      return this.rulesOf(url, stop);
    }
  }

  async #fetchRules(origin: string, stop: AbortSignal): Promise<RobotsRules> {
    const request = { url: `${origin}/robots.txt`, accept: 'text/plain, */*;q=0.1', acceptable: () => true };
    return rulesFrom(await this.fetch(request, stop), this.product);
  }

  #keep(origin: string, entry: Entry): void {
    // Hosts that were not asked for a while make room.
    this.#entries.delete(origin);
    this.#entries.set(origin, entry);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > hostsMax && oldest !== undefined) this.#entries.delete(oldest);
  }
}

function rulesFrom(fetched: Fetched, product: string): RobotsRules {
  switch (fetched.kind) {
    case 'content':
      return robotsRules(new TextDecoder().decode(fetched.bytes), product);
    case 'gone':
    case 'refused':
      return everythingAllowed;
    case 'unchanged':
    case 'busy':
    case 'failed':
      throw new HarvestError(
        'robots_unreachable',
        `robots.txt answers ${fetched.status}: nothing may be fetched`,
      );
  }
}

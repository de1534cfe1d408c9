/** What a robots.txt (RFC 9309) says to us. */
export interface RobotsRules {
  allows(url: URL): boolean;
  /** `Crawl-delay`, which is no part of the RFC but meant in earnest; null where it asks for none. */
  readonly crawlDelayMs: number | null;
}

export const everythingAllowed: RobotsRules = { allows: () => true, crawlDelayMs: null };

interface Rule {
  readonly pattern: string;
  readonly allow: boolean;
}

interface Group {
  readonly rules: Rule[];
  crawlDelayMs: number | null;
}

/** RFC 9309 asks for at least 500 KiB. */
export const robotsBytesMax = 512_000;
/** A file may hold a million rules, and a rule a thousand wildcards; each page asks all of them. */
const rulesMax = 5_000;
const patternLengthMax = 1_000;
const wildcardsMax = 20;

/**
 * Our own reader: the packages for it match in time that a hostile file can stretch at will.
 * @param product the name in our user agent; the version plays no part
 */
export function robotsRules(text: string, product: string): RobotsRules {
  const { own, others } = groupsOf(text, product.toLowerCase());
  const group = own ?? others;
  if (group === null) return everythingAllowed;
  return {
    crawlDelayMs: group.crawlDelayMs,
    allows: (url) => url.pathname === '/robots.txt' || allowsPath(group.rules, url.pathname + url.search),
  };
}

/** All groups that name us are one, wherever they stand; those for everyone count only where none names us. */
function groupsOf(text: string, product: string): { own: Group | null; others: Group | null } {
  let own: Group | null = null;
  let others: Group | null = null;
  let current: Group | null = null;
  let namesAgents = false;
  for (const line of text.split(/\r\n?|\n/)) {
    const [key, value] = fieldOf(line);
    if (key === 'user-agent') {
      // Several agents may share one group; the first other line ends their list.
      if (!namesAgents) current = null;
      namesAgents = true;
      const agent = /^[a-z_-]+/i.exec(value)?.[0].toLowerCase();
      if (agent === product) current = own ??= { rules: [], crawlDelayMs: null };
      else if (value.startsWith('*')) current ??= others ??= { rules: [], crawlDelayMs: null };
    } else if (key === 'allow' || key === 'disallow' || key === 'crawl-delay') {
      namesAgents = false;
      if (current !== null) addTo(current, key, value);
    }
  }
  return { own, others };
}

function fieldOf(line: string): [key: string, value: string] {
  const content = line.split('#', 1)[0] ?? '';
  const colon = content.indexOf(':');
  if (colon < 0) return ['', ''];
  return [content.slice(0, colon).trim().toLowerCase(), content.slice(colon + 1).trim()];
}

function addTo(group: Group, key: 'allow' | 'disallow' | 'crawl-delay', value: string): void {
  if (key === 'crawl-delay') {
    const seconds = Number(value);
    if (value !== '' && seconds >= 0 && Number.isFinite(seconds)) group.crawlDelayMs = seconds * 1_000;
    return;
  }
  if (value === '' || group.rules.length >= rulesMax || value.length > patternLengthMax) return;
  if (value.split('*').length - 1 > wildcardsMax) return;
  group.rules.push({ pattern: normalized(value), allow: key === 'allow' });
}

/** The longest pattern that fits decides; of two as long, the one that allows. */
function allowsPath(rules: readonly Rule[], path: string): boolean {
  const target = normalized(path);
  let best: Rule | null = null;
  for (const rule of rules) {
    const { length } = rule.pattern;
    const loses =
      best !== null && (length < best.pattern.length || (length === best.pattern.length && !rule.allow));
    if (!loses && fits(rule.pattern, target)) best = rule;
  }
  return best?.allow ?? true;
}

/** Greedy from the left: the pieces between wildcards need only follow each other, so no choice is ever taken back. */
function fits(pattern: string, path: string): boolean {
  const anchored = pattern.endsWith('$');
  const [first = '', ...rest] = (anchored ? pattern.slice(0, -1) : pattern).split('*');
  if (!path.startsWith(first)) return false;
  let at = first.length;
  const last = anchored ? rest.pop() : undefined;
  for (const piece of rest) {
    const found = path.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  if (!anchored) return true;
  return last === undefined ? path.length === at : path.length - last.length >= at && path.endsWith(last);
}

/** One spelling for each octet: `/ж`, `/%d0%b6` and `/%D0%B6` are one path. */
function normalized(text: string): string {
  const encoded = text.replaceAll(/[^\x21-\x7e]+/g, (run) => encodeURIComponent(run.toWellFormed()));
  return encoded.replaceAll(/%[0-9a-f]{2}/gi, (octet) => {
    const character = String.fromCharCode(Number.parseInt(octet.slice(1), 16));
    return /[A-Za-z0-9._~-]/.test(character) ? character : octet.toUpperCase();
  });
}

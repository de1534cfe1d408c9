import { type ReferenceTimeline } from './reference.timeline.ts';

/** A statement as `POST /v1/statements` takes it. */
export interface ReferenceStatement {
  readonly publisher: string;
  readonly url: string;
  readonly publishedAt: string;
  readonly about: readonly string[];
  readonly body: string;
}

interface Sentence {
  readonly date: string;
  readonly source: string;
  readonly body: string;
}

/** The dated facts and the disputed claims, each a statement of its source at noon UTC, in the order of their days. */
export function statementsOf({
  corridor,
  segments,
  disputed,
}: ReferenceTimeline): readonly ReferenceStatement[] {
  const facts = segments.flatMap(({ evidence }) =>
    evidence.map(({ date, source, fact }) => ({ date, source, body: fact })),
  );
  const claims = disputed.map(({ date, source, speaker, claim }) => ({
    date,
    source,
    body: `${speaker}: ${claim}`,
  }));
  const sentences = new Map<string, Sentence>();
  for (const sentence of [...facts, ...claims].sort((a, b) => a.date.localeCompare(b.date))) {
    const key = `${sentence.date}|${sentence.body}`;
    if (!sentences.has(key)) sentences.set(key, sentence);
  }
  return [...sentences.values()].map(({ date, source, body }) => ({
    publisher: publisherOf(source),
    url: source,
    publishedAt: `${date}T12:00:00Z`,
    about: [corridor],
    body: /[.!?]$/.test(body) ? body : `${body}.`,
  }));
}

function publisherOf(source: string): string {
  const host = URL.parse(source)?.hostname.replace(/^www\./, '') ?? '';
  return host === '' ? 'unknown' : host;
}

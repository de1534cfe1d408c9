import { type Answer, type IngestionScene } from './ingestion-scene.ts';
import { type SourceView } from '../src/sources/source.view.ts';
import { type TurnOutcome } from '../src/sources/source.turn.ts';
import { type StatementView } from '../src/statements/statement.query.ts';

/** What a test does with sources, and what it asks about them. */
export class SourceDesk {
  constructor(private readonly scene: IngestionScene) {}

  async register(feedUrl: string, more: object = {}): Promise<SourceView> {
    const { status, body } = await this.scene.send<SourceView>('POST', '/v1/sources', {
      feedUrl,
      publisher: 'Valley Herald',
      everyMinutes: 60,
      ...more,
    });
    if (status !== 201) throw new Error(`Not registered: ${JSON.stringify(body)}`);
    return body;
  }

  async poll({ id }: SourceView): Promise<TurnOutcome> {
    const { status, body } = await this.scene.send<TurnOutcome>('POST', `/v1/sources/${id}/poll`);
    if (status !== 200) throw new Error(`Not polled: ${JSON.stringify(body)}`);
    return body;
  }

  async view({ id }: SourceView): Promise<SourceView> {
    return (await this.scene.send<SourceView>('GET', `/v1/sources/${id}`)).body;
  }

  async statement(id: string): Promise<StatementView> {
    return (await this.scene.send<StatementView>('GET', `/v1/statements/${id}`)).body;
  }

  remove({ id }: SourceView): Promise<Answer<unknown>> {
    return this.scene.send('DELETE', `/v1/sources/${id}`);
  }

  /** Makes every page of the source's items due, as time would. */
  async makePagesDue({ id }: SourceView): Promise<void> {
    await this.scene.pool.query(
      `UPDATE ingestion.source_item SET page_due_at = now() WHERE source = $1 AND url IS NOT NULL`,
      [id],
    );
  }
}

export const sentences = [
  'The Lachin corridor has been blocked since 12 December 2022, and no civilian traffic passes, the Red Cross said.',
  'Aid convoys, which carried flour and medicine, were turned back at the bridge twice this week, drivers said.',
  'The ministry, for its part, said that nobody keeps anyone from using the road, and called the reports untrue.',
  'Schools in the town remained shut for lack of gas, and the market, residents said, had neither fruit nor sugar.',
  'A spokesman said on Friday that talks would go on, and that both sides had been invited to send engineers.',
];

/** A text long enough to be a whole one. */
export function article(first: string): readonly string[] {
  return [first, ...sentences];
}

export function html(paragraphs: readonly string[]): string {
  return paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('');
}

export function pageOf(paragraphs: readonly string[]): string {
  return `<!doctype html><html lang="en"><head><title>Road shut</title>
    <meta property="article:published_time" content="2023-01-20T13:00:00Z"></head>
    <body><nav><a href="/">Home</a></nav><article><h1>Road shut</h1>${html(paragraphs)}</article></body></html>`;
}

export interface FeedEntry {
  readonly guid: string;
  readonly link?: string;
  readonly title?: string;
  readonly day: number;
  readonly description?: string;
  readonly content?: readonly string[];
}

/** An RSS feed of January 2023, as its publisher would write it. */
export function rssOf(entries: readonly FeedEntry[]): string {
  const items = entries.map(
    ({ guid, link, title = `Title of ${guid}`, day, description, content }) => `<item>
      <guid isPermaLink="false">${guid}</guid><title>${title}</title>${link === undefined ? '' : `<link>${link}</link>`}
      <pubDate>${new Date(Date.UTC(2023, 0, day, 12)).toUTCString()}</pubDate>
      ${description === undefined ? '' : `<description>${description}</description>`}
      ${content === undefined ? '' : `<content:encoded><![CDATA[${html(content)}]]></content:encoded>`}</item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
    <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Valley Herald</title>
    <language>en</language>${items.join('\n')}</channel></rss>`;
}

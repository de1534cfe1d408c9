import { faultOf, onlyItem, read, rss } from './feed.fixture.ts';

describe('RSS', () => {
  it('2.0 is read', () => {
    const feed = read(
      rss(`<item>
        <title>Road &amp;amp; bridge <![CDATA[shut]]></title>
        <link> https://news.example/1 </link>
        <guid isPermaLink="false">id-1</guid>
        <pubDate>Fri, 20 Jan 2023 17:00:00 +0400</pubDate>
        <description>&lt;p&gt;The road is shut.&lt;/p&gt;</description>
        <content:encoded><![CDATA[<p>The road is shut,</p><p>the ministry said.</p>]]></content:encoded>
      </item>`),
    );
    expect(feed).toEqual({
      format: 'rss',
      title: 'Valley Herald',
      language: 'en-us',
      items: [
        {
          guid: 'id-1',
          url: 'https://news.example/1',
          title: 'Road & bridge shut',
          publishedAt: '2023-01-20T13:00:00.000Z',
          updatedAt: null,
          summary: { kind: 'html', value: '<p>The road is shut.</p>' },
          content: { kind: 'html', value: '<p>The road is shut,</p><p>the ministry said.</p>' },
          language: 'en-us',
        },
      ],
    });
  });

  it('0.91 is read, its harmless document type with it', () => {
    const doctype =
      '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss.dtd">';
    const item = onlyItem(
      `${doctype}<rss version="0.91"><channel><item><title>A</title><link>/a</link></item></channel></rss>`,
    );
    expect(item).toMatchObject({ title: 'A', url: 'https://news.example/a', guid: 'https://news.example/a' });
  });

  it('1.0 is read, whose items lie beside the channel', () => {
    const feed = read(
      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
        <channel rdf:about="https://news.example/"><title>Valley</title><items><rdf:Seq><rdf:li rdf:resource="https://news.example/1"/></rdf:Seq></items></channel>
        <item rdf:about="https://news.example/1"><title>A</title><link>https://news.example/1</link><dc:date>2023-01-20</dc:date></item>
      </rdf:RDF>`,
    );
    expect(feed).toMatchObject({ format: 'rdf', title: 'Valley' });
    expect(feed.items).toMatchObject([
      { guid: 'https://news.example/1', title: 'A', publishedAt: '2023-01-20T00:00:00.000Z' },
    ]);
  });

  it('is read though it names no namespace, no date and uses the names of HTML', () => {
    const item = onlyItem(
      rss(
        '<item><title>A&nbsp;&mdash;&nbsp;B</title><media:title>x</media:title><guid>https://news.example/g</guid></item>',
      ),
    );
    expect(item).toMatchObject({ title: 'A — B', url: 'https://news.example/g', publishedAt: null });
  });

  it('takes no id for an address unless it is one', () => {
    expect(onlyItem(rss('<item><guid>12345</guid></item>')).url).toBeNull();
    expect(
      onlyItem(rss('<item><guid isPermaLink="false">https://news.example/g</guid></item>')).url,
    ).toBeNull();
    expect(onlyItem(rss('<item><guid>a</guid><link>javascript:alert(1)</link></item>')).url).toBeNull();
  });

  it('gives items that share one id different ones, and leaves out a repetition', () => {
    const { items } = read(
      rss(`<item><guid>x</guid><link>/1</link></item><item><guid>x</guid><link>/2</link></item>
           <item><guid>y</guid><link>/3</link></item><item><guid>y</guid><link>/3</link></item><item><title>bare</title></item>`),
    );
    expect(items.map(({ guid }) => guid)).toEqual([
      'https://news.example/1',
      'https://news.example/2',
      'y',
      expect.stringMatching(/^sha256:/),
    ]);
  });
});

describe('Atom', () => {
  it('is read, with relative addresses and all kinds of text', () => {
    const feed =
      read(`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr" xml:base="https://news.example/base/">
      <title>Vallée</title>
      <entry xml:base="2023/">
        <id>tag:news.example,2023:1</id>
        <title type="html">Route &lt;b&gt;coupée&lt;/b&gt;</title>
        <link rel="self" href="self"/><link rel="alternate" type="application/json" href="1.json"/><link href="1.html"/>
        <published>2023-01-20T17:00:00Z</published><updated>2023-01-21T17:00:00+01:00</updated>
        <summary>Court &amp; clair</summary>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>A &lt; B</p><p>C</p></div></content>
      </entry>
      <entry xml:lang="hy"><id>2</id><content src="https://news.example/2.pdf" type="application/pdf"/></entry>
    </feed>`);
    expect(feed).toMatchObject({ format: 'atom', title: 'Vallée', language: 'fr' });
    expect(feed.items).toEqual([
      {
        guid: 'tag:news.example,2023:1',
        url: 'https://news.example/base/2023/1.html',
        title: 'Route coupée',
        publishedAt: '2023-01-20T17:00:00.000Z',
        updatedAt: '2023-01-21T16:00:00.000Z',
        summary: { kind: 'text', value: 'Court & clair' },
        content: { kind: 'html', value: '<div><p>A &lt; B</p><p>C</p></div>' },
        language: 'fr',
      },
      expect.objectContaining({ guid: '2', url: null, content: null, language: 'hy' }),
    ]);
  });
});

describe('JSON Feed', () => {
  it('1.1 is read, and a slip costs one field', () => {
    const feed = read(
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: 'Valley',
        language: 'en',
        items: [
          {
            id: 7,
            url: '/7',
            title: 'A',
            content_html: '<p>x</p>',
            content_text: 'x',
            date_published: '2023-01-20T17:00:00Z',
          },
          {
            id: 'b',
            external_url: 'https://other.example/',
            title: ['no'],
            summary: 'half a \ud800 pair \u0000',
          },
          'no item',
        ],
      }),
    );
    expect(feed.items).toMatchObject([
      {
        guid: '7',
        url: 'https://news.example/7',
        content: { kind: 'html', value: '<p>x</p>' },
        language: 'en',
      },
      {
        guid: 'b',
        url: 'https://other.example/',
        title: null,
        summary: { kind: 'text', value: 'half a \ufffd pair \ufffd' },
      },
    ]);
  });

  it.each([
    ['{"version":', 'json_malformed'],
    ['{"version":"2"}', 'not_a_feed'],
    ['[]', 'not_a_feed'],
    ['['.repeat(100_000), 'json_malformed'],
  ])('%.20s is %s', (text, code) => {
    expect(faultOf(text).code).toBe(code);
  });
});

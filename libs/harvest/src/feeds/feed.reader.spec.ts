import fc from 'fast-check';
import { HarvestError } from '../harvest.error.ts';
import { type Feed, type FeedItem } from './feed.ts';
import { readFeed } from './feed.reader.ts';

const url = 'https://news.example/feeds/all.xml';

function read(text: string | Buffer, charset: string | null = null): Feed {
  return readFeed({ bytes: Buffer.from(text as string), charset, url });
}

function onlyItem(text: string | Buffer, charset: string | null = null): FeedItem {
  const { items } = read(text, charset);
  expect(items).toHaveLength(1);
  return items[0]!;
}

function faultOf(
  text: string | Buffer,
  charset: string | null = null,
): { code: string; line: number | null } {
  try {
    read(text, charset);
  } catch (error) {
    if (error instanceof HarvestError) return { code: error.code, line: error.line };
    throw error;
  }
  return { code: 'read', line: null };
}

function rss(items: string, head = ''): string {
  return `<?xml version="1.0"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Valley Herald</title><language>en-us</language>${head}${items}</channel></rss>`;
}

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

describe('the encoding', () => {
  const letters = {
    koi8: [0xe4, 0xcf, 0xd2, 0xcf, 0xc7, 0xc1],
    win1251: [0xc4, 0xee, 0xf0, 0xee, 0xe3, 0xe0],
  };
  const title = (bytes: readonly number[], encoding: string): Buffer =>
    Buffer.concat([
      Buffer.from(`<?xml version="1.0" encoding="${encoding}"?><rss><channel><item><title>`),
      Buffer.from(bytes),
      Buffer.from('</title></item></channel></rss>'),
    ]);
  const utf16 = (order: 'le' | 'be', mark: boolean): Buffer => {
    const text = `${mark ? '\uFEFF' : ''}<?xml version="1.0" encoding="UTF-16"?><rss><channel><item><title>Дорога</title></item></channel></rss>`;
    const bytes = Buffer.from(text, 'utf16le');
    return order === 'le' ? bytes : bytes.swap16();
  };

  it.each([
    ['declared as KOI8-R', title(letters.koi8, 'KOI8-R'), null],
    ['declared as windows-1251', title(letters.win1251, 'windows-1251'), null],
    ['said by the server, against the declaration', title(letters.win1251, 'UTF-8'), 'windows-1251'],
    ['UTF-16, little end first', utf16('le', true), null],
    ['UTF-16, big end first', utf16('be', true), null],
    ['UTF-16 without a mark', utf16('le', false), null],
    [
      'a byte order mark against the server',
      Buffer.from(`\uFEFF<rss><channel><item><title>Дорога</title></item></channel></rss>`),
      'koi8-r',
    ],
    [
      'UTF-8 that nobody declares',
      Buffer.from('<rss><channel><item><title>Дорога</title></item></channel></rss>'),
      null,
    ],
    [
      'UTF-8 that calls itself UTF-16',
      Buffer.from(
        '<?xml version="1.0" encoding="UTF-16"?><rss><channel><item><title>Дорога</title></item></channel></rss>',
      ),
      null,
    ],
  ])('is found: %s', (_name, bytes, charset) => {
    expect(onlyItem(bytes, charset).title).toBe('Дорога');
  });

  it('of old pages is assumed where nothing else fits', () => {
    expect(
      onlyItem(
        Buffer.from('<rss><channel><item><title>caf\xe9 \x93x\x94</title></item></channel></rss>', 'latin1'),
      ).title,
    ).toBe('café “x”');
    expect(
      onlyItem(
        Buffer.from(
          '<?xml version="1.0" encoding="iso-8859-2"?><rss><channel><item><title>\xb9</title></item></channel></rss>',
          'latin1',
        ),
      ).title,
    ).toBe('š');
  });

  it('that only the server makes up is not believed', () => {
    const title = '<rss><channel><item><title>Дорога</title></item></channel></rss>';
    expect(onlyItem(title, 'utf8mb4').title).toBe('Дорога');
    expect(onlyItem(title, '').title).toBe('Дорога');
  });

  it('that nobody knows is refused', () => {
    expect(faultOf('<?xml version="1.0" encoding="x-klingon"?><rss/>').code).toBe('charset_unknown');
  });
});

describe('a hostile document is refused:', () => {
  const laughs = Array.from(
    { length: 9 },
    (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`,
  ).join('');

  it.each([
    [
      'an entity that reads a file',
      '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item></channel></rss>',
      'doctype_refused',
    ],
    [
      'a billion laughs',
      `<!DOCTYPE rss [<!ENTITY l0 "ha">${laughs}]><rss><channel><title>&l9;</title></channel></rss>`,
      'doctype_refused',
    ],
    [
      'an external definition',
      '<!DOCTYPE rss [<!ENTITY % x SYSTEM "http://10.0.0.1/x.dtd"> %x;]><rss/>',
      'doctype_refused',
    ],
    ['an entity without a definition', '<rss><channel><title>&l9;</title></channel></rss>', 'xml_malformed'],
    ['depth', `<rss><channel><item>${'<a>'.repeat(10_000)}`, 'nested_too_deep'],
    ['depth outside of items', '<rss>'.repeat(10_000), 'nested_too_deep'],
    [
      'a long text',
      `<rss><channel><item><title>${'a'.repeat(2_000_000)}</title></item></channel></rss>`,
      'text_too_long',
    ],
    [
      'a multitude of elements',
      `<rss><channel><item>${'<a/>'.repeat(100_000)}</item></channel></rss>`,
      'text_too_long',
    ],
    [
      'a multitude of attributes',
      `<rss><channel><item ${Array.from({ length: 1_000 }, (_, index) => `a${index}=""`).join(' ')}/></channel></rss>`,
      'text_too_long',
    ],
    ['a multitude of items', rss('<item/>'.repeat(2_001)), 'too_many_items'],
    [
      'a multitude of JSON items',
      `{"version":"https://jsonfeed.org/version/1","items":[${'{},'.repeat(2_000)}{}]}`,
      'too_many_items',
    ],
    ['a page', '<!doctype html><html><body>Not found</body></html>', 'not_a_feed'],
    ['a page in XML', '<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>', 'not_a_feed'],
    ['another XML', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'not_a_feed'],
    ['text', 'Service unavailable', 'not_a_feed'],
    ['nothing', '', 'not_a_feed'],
  ])('%s', (_name, text, code) => {
    expect(faultOf(text).code).toBe(code);
  });

  it('malformed XML, with its line', () => {
    expect(faultOf('<rss>\n<channel>\n<item></channel></rss>')).toEqual({ code: 'xml_malformed', line: 3 });
    expect(faultOf('<rss>\n<channel><title>A & B</title></channel></rss>')).toEqual({
      code: 'xml_malformed',
      line: 2,
    });
    expect(faultOf(rss('<item><title>cut off')).code).toBe('xml_malformed');
  });
});

describe('whatever the bytes are,', () => {
  const answersOrRefuses = (bytes: Uint8Array, charset: string | null): void => {
    try {
      expect(Array.isArray(readFeed({ bytes, charset, url }).items)).toBe(true);
    } catch (error) {
      expect(error).toBeInstanceOf(HarvestError);
    }
  };
  const charset = fc.option(fc.constantFrom('utf-8', 'utf-16le', 'koi8-r', 'nonsense', ''));

  it('a feed comes of them or a typed error', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), charset, answersOrRefuses));
  });

  it('also where they begin like a feed', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '<item>',
        '</item>',
        '<title>',
        '</title>',
        '<![CDATA[',
        ']]>',
        '&amp;',
        '&#x0;',
        '<!--',
        '-->',
        '<?x',
        '?>',
        '<a:b c="',
        '"/>',
        '</channel>',
        '</rss>',
      ),
      fc.string({ unit: 'binary', maxLength: 10 }),
    );
    const document = fc.array(piece, { maxLength: 40 }).map((pieces) => Buffer.from(rss(pieces.join(''))));
    fc.assert(fc.property(document, charset, answersOrRefuses));
  });

  it('also where they are JSON', () => {
    const field = fc.dictionary(
      fc.constantFrom(
        'id',
        'url',
        'title',
        'content_html',
        'content_text',
        'summary',
        'date_published',
        'language',
      ),
      fc.anything(),
    );
    const document = fc.array(field).map((items) => {
      const json = JSON.stringify(
        { version: 'https://jsonfeed.org/version/1.1', items },
        (_key, value: unknown) => (typeof value === 'bigint' ? 1 : value),
      );
      return Buffer.from(json);
    });
    fc.assert(fc.property(document, charset, answersOrRefuses));
  });

  it('every item can be stored, and its address followed', () => {
    const text = fc.string({ unit: 'binary', maxLength: 30 });
    const document = fc
      .array(
        fc.record(
          { id: text, url: fc.oneof(text, fc.webUrl()), title: text, content_text: text },
          { requiredKeys: [] },
        ),
      )
      .map((items) => JSON.stringify({ version: 'https://jsonfeed.org/version/1', items }));
    fc.assert(
      fc.property(document, (json) => {
        for (const item of read(json).items) {
          expect(JSON.stringify(item)).not.toContain('\\u0000');
          expect(
            [item.guid, item.title ?? '', item.content?.value ?? ''].every((field) => field.isWellFormed()),
          ).toBe(true);
          expect(item.url === null || /^https?:\/\//.test(item.url)).toBe(true);
        }
      }),
    );
  });
});

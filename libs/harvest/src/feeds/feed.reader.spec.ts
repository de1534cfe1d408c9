import fc from 'fast-check';
import { HarvestError } from '../harvest.error.ts';
import { faultOf, read, rss, url } from './feed.fixture.ts';
import { readFeed } from './feed.reader.ts';

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

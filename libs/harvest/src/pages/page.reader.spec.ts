import fc from 'fast-check';
import { HarvestError } from '../harvest.error.ts';
import { readFragment, readPage, type PageText } from './page.reader.ts';

const url = 'https://news.example/2023/road';
const filler = [
  'The Lachin corridor has been blocked since 12 December 2022, and no civilian traffic passes, the committee said on Friday.',
  'Aid convoys, which carried flour and medicine, were turned back at the bridge twice this week, according to its drivers.',
  'The ministry, for its part, said that nobody keeps anyone from using the road, and called the reports untrue.',
  'Schools in the town remained shut for lack of gas, and the market, residents said, had neither fruit nor sugar.',
];

function page(article: string, head = '<title>Road shut</title>'): string {
  return `<!doctype html><html lang="en_GB"><head>${head}</head><body>
    <nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
    <article><h1>Road shut</h1>${article}</article>
    <aside><p>Subscribe, and never miss a story, for less than a coffee a month.</p></aside><footer>© Valley Herald</footer></body></html>`;
}

function read(html: string | Buffer, charset: string | null = 'utf-8'): PageText {
  return readPage({ bytes: Buffer.from(html as string), charset, url });
}

describe('a page', () => {
  it('gives its article, one paragraph a line, and nothing around it', () => {
    const { text } = read(page(filler.map((each) => `<p>${each}</p>`).join('\n')));
    expect(text.split('\n')).toEqual(filler);
  });

  it('loses nothing inside a paragraph, whatever its parts are called', () => {
    const [first = '', ...others] = filler;
    const broken = first
      .replace('has been', '<span class="share-promo sidebar">has been</span>')
      .replace('12 December', '<time class="comment-meta"><b>12</b> December</time>')
      .replace('on Friday', '<a class="ad-link" href="/f">on <i>Friday</i></a>');
    const { text } = read(page([broken, ...others].map((each) => `<p>${each}</p>`).join('')));
    expect(text.split('\n')[0]).toBe(first);
  });

  it('parts paragraphs where two line breaks do', () => {
    const [first = '', second = '', ...others] = filler;
    const { text } = read(
      page(`<div>${first}<br>\n<br>${second}</div>${others.map((each) => `<p>${each}</p>`).join('')}`),
    );
    expect(text.split('\n')).toEqual(filler);
  });

  it('reads lists and quotations as paragraphs, and leaves out what nobody sees', () => {
    const { text } = read(
      page(`<p>${filler[0]}</p><ul><li>${filler[1]}</li><li>${filler[2]}</li></ul><blockquote><p>${filler[3]}</p></blockquote>
        <p>${filler[0]}<span hidden>hidden one</span><span style="display: none">hidden two</span><script>hidden()</script></p>`),
    );
    expect(text.split('\n')).toEqual([...filler, filler[0]]);
  });

  it.each([
    ['a meta element', '<meta property="article:published_time" content="2023-01-20T17:00:00+04:00">'],
    [
      'JSON-LD',
      '<script type="application/ld+json">{"@graph":[{"@type":"WebPage"},{"@type":"NewsArticle","datePublished":"2023-01-20T13:00:00Z"}]}</script>',
    ],
    [
      'broken JSON-LD and a meta element',
      '<script type="application/ld+json">{"datePublished":</script><meta name="date" content="Fri, 20 Jan 2023 13:00:00 GMT">',
    ],
  ])('says when it was published, by %s', (_name, head) => {
    const facts = read(page(filler.map((each) => `<p>${each}</p>`).join(''), head));
    expect(facts.publishedAt).toBe('2023-01-20T13:00:00.000Z');
  });

  it('says when it was published, by a time element', () => {
    const { publishedAt } = read(
      page(
        `<time datetime="2023-01-20T13:00:00Z">yesterday</time>${filler.map((each) => `<p>${each}</p>`).join('')}`,
      ),
    );
    expect(publishedAt).toBe('2023-01-20T13:00:00.000Z');
  });

  it('says its title, language and own address', () => {
    const head =
      '<title>Road shut - Valley Herald</title><meta property="og:title" content="Road &amp; bridge"><link rel="canonical" href="/road?id=1">';
    expect(read(page(filler.map((each) => `<p>${each}</p>`).join(''), head))).toMatchObject({
      title: 'Road & bridge',
      language: 'en-GB',
      canonicalUrl: 'https://news.example/road?id=1',
      publishedAt: null,
    });
  });

  it.each([
    ['the server', null, 'windows-1251'],
    ['a meta element', '<meta charset="windows-1251">', null],
    [
      'an older meta element',
      '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
      null,
    ],
  ])('is decoded as %s says', (_name, head, charset) => {
    const ascii = page(
      `${filler.map((each) => `<p>${each}</p>`).join('')}<p>@@ and enough words to be a part of the article, it is hoped.</p>`,
      head ?? '',
    );
    const [before = '', after = ''] = ascii.split('@@');
    const bytes = Buffer.concat([
      Buffer.from(before),
      Buffer.from([0xc4, 0xee, 0xf0, 0xee, 0xe3, 0xe0]),
      Buffer.from(after),
    ]);
    expect(read(bytes, charset).text).toContain('Дорога and enough words');
  });

  it.each([
    ['nothing', '', 'no_article'],
    ['no article', '<html><body><a href="/">Home</a></body></html>', 'no_article'],
    ['only markup', '<'.repeat(300_000), 'reading_too_large'],
    ['depth', `<html><body>${'<div>x'.repeat(2_000)}`, 'nested_too_deep'],
  ])('with %s is refused', (_name, html, code) => {
    expect(() => read(html)).toThrow(expect.objectContaining({ code }) as Error);
  });

  it('is an article or a typed error, whatever its bytes are', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '<p>',
        '</p>',
        '<div hidden>',
        '<br>',
        '<table><tr><td>',
        '</table>',
        '<script>',
        '<!--',
        '-->',
        '<svg>',
        '<template>',
        '&nbsp;',
        '<p style="',
        '">',
        filler[0]!,
      ),
      fc.string({ unit: 'binary', maxLength: 10 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        try {
          const { text } = read(page(pieces.join('')));
          expect(text).not.toBe('');
          expect(text.isWellFormed() && !text.includes('\u0000')).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(HarvestError);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('a piece of a feed', () => {
  it.each([
    ['html', '<p>One &amp; two</p><p>three <b>four</b></p>', 'One & two\nthree four'],
    ['html', 'No markup at all', 'No markup at all'],
    ['html', 'a<br>b<br/><br/>c', 'a b\nc'],
    ['html', '<p>a</p>loose<p>b</p>', 'a\nloose\nb'],
    ['html', '<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>', 'a b\nc'],
    ['html', '<script>alert(1)</script><style>p{}</style>', ''],
    ['html', '</body></html><p>after the end', 'after the end'],
    ['text', ' one \n\n two\tthree\n', 'one\ntwo three'],
    ['text', '<p>as it is</p>', '<p>as it is</p>'],
  ] as const)('%s %j reads %j', (kind, value, text) => {
    expect(readFragment({ kind, value })).toBe(text);
  });

  it('keeps every word of plain paragraphs', () => {
    const word = fc.stringMatching(/^[a-zа-я]{1,8}$/);
    const paragraphs = fc.array(fc.array(word, { minLength: 1, maxLength: 8 }), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(paragraphs, (words) => {
        const html = words.map((each) => `<p>${each.map((text) => `<i>${text}</i>`).join(' ')}</p>`).join('');
        expect(readFragment({ kind: 'html', value: html })).toBe(
          words.map((each) => each.join(' ')).join('\n'),
        );
      }),
    );
  });
});

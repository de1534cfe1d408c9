import { faultOf, onlyItem } from './feed.fixture.ts';

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

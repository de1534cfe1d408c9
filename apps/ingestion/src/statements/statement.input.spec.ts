import { statementInputAt } from './statement.input.ts';

const now = new Date('2023-01-20T12:00:00Z');
const valid = {
  publisher: 'Valley Herald',
  publishedAt: '2023-01-20T10:00:00Z',
  body: 'The road is blocked.',
};

function faultsOf(change: object): readonly string[] {
  const parsed = statementInputAt(now).safeParse({ ...valid, ...change });
  return parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

it('keeps instants in UTC, and takes a day for its midnight', () => {
  const at = (publishedAt: string) => statementInputAt(now).parse({ ...valid, publishedAt }).publishedAt;
  expect(at('2023-01-20T14:30:00+04:00')).toBe('2023-01-20T10:30:00.000Z');
  expect(at('2023-01-20')).toBe('2023-01-20T00:00:00.000Z');
});

it.each([
  [{ publishedAt: '2023-01-21T12:00:01Z' }, 'publishedAt: is more than 24 hours in the future'],
  [{ publishedAt: 'yesterday' }, 'publishedAt: must be an RFC 3339 instant, as in "2023-01-20T17:00:00Z"'],
  [{ publishedAt: '0000-06-01' }, 'publishedAt: is before 1900-01-01'],
  [{ body: ' \n ' }, 'body: is empty'],
  [{ body: 'a'.repeat(1024 * 1024 + 1) }, 'body: is larger than 1 MiB of UTF-8'],
  [{ body: 'é'.repeat(512 * 1024 + 1) }, 'body: is larger than 1 MiB of UTF-8'],
  [{ body: 'half a pair \ud800' }, 'body: holds a lone surrogate, which is not valid Unicode'],
  [{ body: 'nul \u0000' }, 'body: holds a NUL character'],
  [
    { about: ['Lachin corridor'] },
    'about.0: must be lower-case words joined by hyphens, as in "lachin-corridor"',
  ],
  [{ url: 'javascript:alert(1)' }, 'url: Invalid URL'],
])('names the field that is wrong: %#', (change, fault) => {
  expect(faultsOf(change)).toContain(fault);
});

it('takes a text of exactly 1 MiB, published 24 hours ahead', () => {
  expect(faultsOf({ body: 'a'.repeat(1024 * 1024), publishedAt: '2023-01-21T12:00:00Z' })).toEqual([]);
});

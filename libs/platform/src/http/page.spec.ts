import fc from 'fast-check';
import { InvalidCursorError, pageOf, signedCursors } from './page.ts';

const cursors = signedCursors(Buffer.alloc(32, 1));

it('opens every cursor that it sealed, for the same list', () => {
  fc.assert(
    fc.property(fc.string(), fc.string({ unit: 'grapheme' }), (list, place) => {
      expect(cursors.open(list, cursors.seal(list, place))).toBe(place);
    }),
  );
});

it.each([
  ['of another list', cursors.seal('claims', '7')],
  ['signed with another key', signedCursors(Buffer.alloc(32, 2)).seal('statements', '7')],
  [
    'with another place',
    `${Buffer.from('8').toString('base64url')}.${cursors.seal('statements', '7').split('.')[1]}`,
  ],
  ['without a signature', Buffer.from('7').toString('base64url')],
  ['made up', 'hello'],
])('refuses a cursor %s', (_, cursor) => {
  expect(() => cursors.open('statements', cursor)).toThrow(InvalidCursorError);
});

it('tells that there is more only when a row too many came', () => {
  const page = (rows: number[]) => pageOf(rows, 2, (row) => row, String);
  expect(page([1, 2, 3])).toEqual({ items: [1, 2], next: '2' });
  expect(page([1, 2])).toEqual({ items: [1, 2], next: null });
});

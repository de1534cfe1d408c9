import { wordingOf } from './wording.ts';

const text = '"It\'s shut - again," the mayor said...\nNo convoy passed near Café Étoile.';

it.each([
  ['white space', '  "It\'s shut - again," the mayor said... No\u00a0convoy\r\n passed near Café Étoile.\n'],
  ['quotes and dashes', '“It’s shut – again,” the mayor said…\nNo convoy passed near Café Étoile.'],
  [
    'invisible characters',
    '\ufeff"It\'s shut - again," the mayor said...\nNo con\u00advoy passed\u200b near Café Étoile.',
  ],
  ['how letters are composed', text.normalize('NFD')],
])('is the same whatever the %s', (_, typeset) => {
  expect(wordingOf('Herald', typeset)).toBe(wordingOf('Herald', text));
});

it.each([
  ['another word', text.replace('mayor', 'major')],
  ['another case', text.toUpperCase()],
  ['another number', `${text} 1`],
])('is another with %s', (_, other) => {
  expect(wordingOf('Herald', other)).not.toBe(wordingOf('Herald', text));
});

it('is of one publisher', () => {
  expect(wordingOf('Herald', text)).not.toBe(wordingOf('Courier', text));
});

import { isWholeText } from './item.text.ts';

const sentence = 'The road is shut, the ministry said, and nobody passes until further notice. ';
const long = sentence.repeat(30).trim();
const short = sentence.repeat(3).trim();

it.each<[string, string, boolean, boolean]>([
  ['a long declared text', long, true, true],
  ['a long undeclared text', long, false, true],
  ['an article of a few sentences that is declared', sentence.repeat(7).trim(), true, true],
  ['the same where it is not declared', sentence.repeat(7).trim(), false, false],
  ['an abstract', short, false, false],
  ['an abstract that is declared', short, true, false],
  ['a text that breaks off', `${long} And then…`, true, false],
  ['a text that breaks off in brackets', `${long} And then [...]`, true, false],
  ['a text that points to its page', `${long}\nRead more »`, true, false],
  ['a text that mentions reading', `${long} "I have nothing more to read," one of them said.`, true, true],
  ['nothing', '', true, false],
])('%s', (_name, text, declared, whole) => {
  expect(isWholeText(text, declared)).toBe(whole);
});

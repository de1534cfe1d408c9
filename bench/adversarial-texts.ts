import { defaultCodingData } from '#coding';

/** Characters of each text; with the sentence before it, a little over 1 MiB. */
const length = 2 ** 20;

/** What a text is made of, again and again, to find a rule or a table that goes over it too often. */
const pieces: Readonly<Record<string, string>> = {
  'news, for comparison':
    'France said on Friday that the Lachin corridor is blocked. It urged Azerbaijan to reopen the road.\n',
  'no spaces': 'x',
  'no full stop': 'Lachin corridor said blocked the road and urged ',
  'nested quotes': '"“',
  'quotes that never close': '“He said, ',
  commas: ',',
  dots: '.',
  'full stops': '. ',
  brackets: '([{',
  'one word': 'blockade ',
  'one verb of saying': 'said ',
  negations: 'not ',
  'lists of actors': 'Azerbaijan said France, Armenia, and Russia, ',
  'capital letters': 'Aa Bb ',
  'corridor names': 'Lachin corridor ',
  'corridor names in sentences': 'Lachin corridor. ',
  anaphors: 'the road ',
  digits: '7',
  dates: '12 December 2022, ',
  'astral characters': '😀',
  accents: 'e\u0301',
  'white space': ' ',
  lines: 'a\n',
  'name tags': 'MR. DOE: \n',
  questions: 'Why? ',
};

/** Every word that any cue is written with, so that every pattern may be there and few are. */
const cueWords = Object.values(defaultCodingData.cues)
  .flat()
  .flatMap((pattern) => pattern.split(/[ |]/))
  .map((word) => word.replace(/[?*^]/g, ''))
  .filter((word) => word.length > 1);

export const adversarialTexts: ReadonlyMap<string, string> = new Map(
  Object.entries({ ...pieces, 'words of all cues': `${cueWords.join(' ')} ` }).map(([name, piece]) => [
    name,
    `The Lachin corridor. ${piece.repeat(Math.ceil(length / piece.length)).slice(0, length)}`,
  ]),
);

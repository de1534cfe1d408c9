import { type CodedClaim, rulesCoder } from '#coding';
import { corridors } from '../../test/valley-records.ts';
import { reasonOf, shortReasonOf } from './reason.words.ts';

const body = 'On Friday France said the ongoing blockade of the Lachin corridor must end.';

function span(words: string) {
  const start = body.indexOf(words);
  return { start, end: start + words.length };
}

const [coded] = rulesCoder.code(
  {
    statementId: 'a',
    publisher: 'P',
    publishedAt: '2023-01-20',
    title: null,
    language: 'en',
    about: [],
    body,
  },
  corridors.map((corridor) => ({ ...corridor, names: {}, contextAliases: [], parties: [] })),
);
const claim: CodedClaim = {
  ...coded!,
  rule: 'blockade',
  presupposed: true,
  coder: 'rules/9',
  coderData: 'ab'.repeat(32),
  why: {
    rules: ['blockade', 'must-end'],
    cues: [span('ongoing'), span('blockade')],
    corridor: { by: 'name', span: span('Lachin corridor') },
    speaker: { by: 'words', span: span('France') },
    validFrom: span('Friday'),
  },
};

it('tells in a few words what made a claim', () => {
  expect(shortReasonOf(claim, body)).toBe(
    'blockade “ongoing” … “blockade”; corridor by name “Lachin corridor”; speaker by words “France”; day by “Friday”',
  );
});

it('spells it out in sentences', () => {
  expect(reasonOf(claim, body)).toBe(
    'Rule “blockade” found it by the words “ongoing” … “blockade”. It is taken for granted there, not said. ' +
      'Found as well by must-end. The sentence names the corridor: “Lachin corridor”. ' +
      'The sentence says who the speaker is: “France”. The day is in the words: “Friday”. ' +
      'Coded by rules/9 with data abababababab.',
  );
});

it('does with the rule where no more was recorded', () => {
  const bare = { ...claim, why: null, coderData: null, presupposed: false };
  expect(shortReasonOf(bare, body)).toBe('blockade');
  expect(reasonOf(bare, body)).toBe('Rule “blockade” found it. Coded by rules/9.');
});

import { type CodableCorridor } from '../coder.ts';
import { corridors as usual, statement } from '../coding.fixture.ts';
import { rulesCoder } from '../rules-coder.ts';

const more: readonly CodableCorridor[] = [
  ...usual,
  {
    id: 'kerem-shalom-crossing',
    name: 'Kerem Shalom crossing',
    names: {},
    aliases: ['Kerem Shalom'],
    contextAliases: ['goods crossing'],
    parties: ['Israel', 'Egypt'],
  },
  {
    id: 'strait-of-hormuz',
    name: 'Strait of Hormuz',
    names: {},
    aliases: [],
    contextAliases: [],
    parties: ['Iran', 'United States', 'Oman'],
  },
  {
    id: 'black-sea-grain-corridor',
    name: 'Black Sea grain corridor',
    names: {},
    aliases: ['Black Sea Grain Initiative'],
    contextAliases: ['grain deal', 'the deal'],
    parties: ['Ukraine', 'Russia', 'Turkey', 'United Nations'],
  },
  {
    id: 'selm-access',
    name: 'Selm humanitarian access roads',
    names: {},
    aliases: [],
    contextAliases: [],
    parties: ['Ethiopia'],
  },
];

/** What is said of which corridors, sentence by sentence. */
function tiesIn(body: string, extra: Partial<ReturnType<typeof statement>> = {}) {
  const claims = rulesCoder.code(statement(body, extra), more);
  return [...new Set(claims.map(({ corridor, quote }) => `${corridor}: ${quote}`))];
}

describe('a corridor with nothing but a name', () => {
  it('is meant by the nouns of its class once it is named', () => {
    const body = 'Iran spoke of the Strait of Hormuz. The waterway is closed. Nobody can say when it ends.';
    expect(tiesIn(body)).toEqual(['strait-of-hormuz: The waterway is closed.']);
  });

  it('is meant by its place after a word of passage', () => {
    const body = 'The Strait of Hormuz lies in the south. Iran has reopened Hormuz.';
    expect(tiesIn(body)).toEqual(['strait-of-hormuz: Iran has reopened Hormuz.']);
  });

  it('is meant by the way into the territory that it serves', () => {
    const body = 'No aid convoys have entered since the roads to Selm were cut by the fighting.';
    expect(tiesIn(body)).toEqual([`selm-access: ${body}`]);
  });
});

describe('a text that names no corridor', () => {
  it('is tied by words of the registry and a party', () => {
    expect(tiesIn('Russia has withdrawn from the grain deal.')).toHaveLength(1);
    expect(tiesIn('The company has withdrawn from the grain deal.')).toEqual([]);
  });

  it('is tied by a blockade of the sea and two parties', () => {
    expect(tiesIn('Russia goes on with its naval blockade of Ukraine.')).toEqual([
      'black-sea-grain-corridor: Russia goes on with its naval blockade of Ukraine.',
    ]);
    expect(tiesIn('The senator goes on with his blockade of the budget.')).toEqual([]);
  });
});

describe('a sentence without a name', () => {
  it('speaks of the corridor in focus when it speaks of what passes', () => {
    const body = 'The Strait of Hormuz matters to all. No ships have passed since Monday.';
    expect(tiesIn(body)).toEqual(['strait-of-hormuz: No ships have passed since Monday.']);
  });

  it('speaks of none when the text is tied to none', () => {
    expect(tiesIn('No ships have passed since Monday.')).toEqual([]);
  });

  it('goes out of focus', () => {
    const other = 'The minister spoke of schools. '.repeat(20);
    expect(tiesIn(`The Lachin corridor matters. ${other}No trucks have passed.`)).toEqual([]);
  });
});

describe('several corridors', () => {
  it('are all meant by a plural that follows them', () => {
    const body = 'Rafah crossing and Kerem Shalom lie close together. Both crossings are closed.';
    expect(tiesIn(body).sort()).toEqual([
      'kerem-shalom-crossing: Both crossings are closed.',
      'rafah-crossing: Both crossings are closed.',
    ]);
  });

  it('share a noun at the end of their list', () => {
    const body = 'The Rafah and Kerem Shalom crossings are closed.';
    expect(
      tiesIn(body)
        .map((tie) => tie.split(':')[0])
        .sort(),
    ).toEqual(['kerem-shalom-crossing', 'rafah-crossing']);
  });

  it('keep their clauses apart', () => {
    const claims = rulesCoder.code(
      statement('At the Rafah crossing no trucks have entered; at Kerem Shalom aid has resumed.'),
      more,
    );
    const states = claims.filter(({ type }) => type === 'status');
    expect(states.map(({ corridor, status }) => [corridor, status])).toEqual([
      ['rafah-crossing', 'blocked'],
      ['kerem-shalom-crossing', 'open'],
    ]);
  });
});

describe('what belongs to others', () => {
  it('is not the corridor: a border with a third state, a deal of another kind', () => {
    expect(tiesIn('The Rafah crossing is in the south. The border with Jordan is closed.')).toEqual([]);
    const deal = 'The Black Sea grain corridor was praised. Turkey has suspended the hostage deal.';
    expect(tiesIn(deal)).toEqual([]);
  });
});

import { given } from './coding.fixture.ts';

/** Notes that are tagged with the corridor: "blocked (word) [aid_cargo] closed 2023-01-03". */
function told(note: string): readonly string[] {
  const { claims } = given(note, { publisher: 'herald.example', about: ['lachin-corridor'] });
  return claims.map(({ type, status, presupposed, flows, effect, validFrom }) =>
    [status ?? type, presupposed ? '(word)' : null, `[${flows.join()}]`, effect, validFrom]
      .filter((part) => part !== null)
      .join(' '),
  );
}

describe('a note of a siege', () => {
  it.each([
    ['Soldiers ring the town.', 'blocked []'],
    ['The town is besieged by the army.', 'blocked [] closed'],
    ['Convoys to the besieged towns are few.', 'blocked (word) [aid_cargo]'],
    ['The villages are out of reach.', 'blocked []'],
    ['The last convoy was on 3 January.', 'blocked [aid_cargo] 2023-01-03'],
    ['The last delivery came in October.', 'blocked [aid_cargo]'],
    ['Six weeks pass without another convoy.', 'blocked [aid_cargo]'],
    ['The agency has brought nothing by road for a week.', 'blocked []'],
    ['The army withdraws its consent to the use of the road by aid convoys.', 'blocked [aid_cargo] closed'],
    ['The governor orders a halt.', 'blocked [] closed'],
    ['The council repeats its refusal to open the road.', 'blocked []'],
    ['The bridge is found destroyed.', 'blocked []'],
    ['Deliveries are far below what is needed.', 'restricted [aid_cargo]'],
    ['A broken scanner has held up cargo for days.', 'restricted [commercial,aid_cargo]'],
    ['The governor prolongs the opening of the road.', 'open []'],
    ['There is no famine in the town.', 'open []'],
  ])('%s', (note, expected) => {
    expect(told(note)).toContain(expected);
  });

  it('takes for granted, of the first passage since a day, that there was none in between', () => {
    expect(told('Forty trucks with flour cross, the first since 2 December.')).toEqual([
      'blocked (word) [aid_cargo] 2022-12-02',
      'incident [aid_cargo] passed',
    ]);
  });
});

describe('in a note of a passage', () => {
  it.each([
    [
      'A count over weeks is told on the day of the note.',
      '145 trucks with aid have crossed since 2 January.',
    ],
    ['A count that stands at a number is one.', 'The count stands at 145 trucks with aid.'],
    ['The lorries of an agency carry aid.', 'WFP reports that 37 trucks crossed.'],
    [
      'What lorries carry is told elsewhere in the sentence.',
      'A second round: 44 trucks cross, mostly with flour.',
    ],
  ])('%s', (_, note) => {
    expect(told(note)).toEqual(['incident [aid_cargo] passed']);
  });

  it('who lives in the towns has not passed', () => {
    expect(told('The coordinator counts 60,000 people in the towns.')).toEqual([]);
  });

  it('what is flown in takes no road', () => {
    expect(told('ICRC lands supplies in the town by air.')).toEqual(['incident [aid_cargo]']);
  });

  it('who looks on is no traffic', () => {
    expect(told('Monitors see families cross.')).toEqual(['incident [civilians] passed']);
  });
});

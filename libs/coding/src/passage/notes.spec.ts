import { given } from '../coding.fixture.ts';

interface Note {
  readonly publishedAt?: string;
}

/** "restricted opened [civilians]": the states and events of a note that its publisher tagged with the corridor. */
function told(body: string, { publishedAt = '2023-06-20T12:00:00Z' }: Note = {}): readonly string[] {
  const { claims } = given(body, { publisher: 'herald.example', about: ['lachin-corridor'], publishedAt });
  return claims.map(({ type, status, presupposed, modality, flows, effect, validFrom }) =>
    [
      status ?? type,
      presupposed && 'presupposed',
      modality !== 'asserted' && modality,
      effect,
      `[${flows.join()}]`,
      validFrom,
    ]
      .filter((part) => part !== null && part !== false)
      .join(' '),
  );
}

it('the act that is told last is the state, and whom one talked with is no traffic', () => {
  const [state] = told('Masked men shut the road; after talks with the peacekeepers it reopened at noon.');
  expect(state).toBe('open opened []');
});

describe('routine passage is a state and no event', () => {
  it.each([
    ['Ferries sail daily.', 'open [commercial]'],
    ['Lorries of the mill keep running.', 'open [commercial]'],
    ['Pilgrims go on crossing.', 'open [civilians]'],
    ['Buses cross one after another.', 'open [civilians]'],
    ['The crossing works normally.', 'open []'],
  ])('%s', (body, expected) => {
    expect(told(body)).toEqual([expected]);
  });
});

describe('what eases is opened, what tightens is restricted', () => {
  it.each([
    ['Valdria partially reopens the border.', 'restricted opened []'],
    ['The crossing opens for students.', 'restricted opened [civilians]'],
    ['The gate opens for two hours a day.', 'restricted opened []'],
    ['The crossing is open to students.', 'restricted [civilians]'],
    ['Only 40 lorries a day pass.', 'restricted restricted [commercial]'],
    ['Only residents may cross.', 'restricted [civilians]'],
  ])('%s', (body, expected) => {
    expect(told(body)).toContain(expected);
  });
});

describe('who waits is late and not shut out', () => {
  it.each([
    ['Ninety barges wait for inspection.', 'restricted [commercial]'],
    ['Clearance of freight has slowed.', 'restricted [commercial]'],
    ['The west gate works in part.', 'restricted []'],
  ])('%s', (body, expected) => {
    expect(told(body)).toContain(expected);
  });

  it('unless the way is told to be closed', () => {
    expect(told('The road is closed; 90 lorries wait.')[0]).toMatch(/^blocked/);
  });
});

describe('what is turned back has not passed', () => {
  it.each([
    'Dozens of lorries have turned back into Valdria.',
    'Ten lorries are refused at the gate.',
    'Ten lorries are not let in.',
  ])('%s', (body) => {
    expect(told(body).filter((claim) => claim.startsWith('incident'))).toEqual([
      'incident turned_back [commercial]',
    ]);
  });

  it('but lorries that were held and arrive have', () => {
    expect(told('Tankers held at the gate for weeks arrive.')).toEqual(['incident passed [commercial]']);
  });
});

describe('lorries carry trade, and those of an aid agency aid', () => {
  it.each([
    ['Ten lorries pass.', 'incident passed [commercial]'],
    ['UNICEF counts ten lorries that passed.', 'incident passed [aid_cargo]'],
    ['Ten lorries with flour pass.', 'incident passed [aid_cargo]'],
    ['Ten lorries and two buses pass.', 'incident passed [civilians,commercial]'],
  ])('%s', (body, expected) => {
    expect(told(body)).toContain(expected);
  });
});

it.each(['Forty lorries enter by the other two crossings.', 'Ten lorries come in across the front line.'])(
  'another way is not this one: %s',
  (body) => {
    expect(told(body)).toEqual([]);
  },
);

it('a closure of each week is none', () => {
  expect(told('The crossing is closed on Saturdays.')).toEqual([]);
});

it('an opening that is ordered is still to come, and no demand', () => {
  expect(told('The king orders the crossing to be opened to pilgrims.')).toEqual(['open future [civilians]']);
});

describe('the first since a day tells that none passed from that day on', () => {
  it.each([
    ['Three ships are cleared, the first since 4 May.', '2023-05-04'],
    ['Three ships are cleared, the first since the arrest of 4 May.', '2023-05-04'],
  ])('%s', (body, day) => {
    expect(told(body)).toEqual([`blocked presupposed [commercial] ${day}`, 'incident passed [commercial]']);
  });

  it('and without a day nothing', () => {
    expect(told('Three ships are cleared, the first since the storm.')).toEqual([
      'incident passed [commercial]',
    ]);
  });
});

describe('the days of a count', () => {
  it('are not the day on which it passed', () => {
    expect(told('Between 7 and 23 May 90 lorries pass.')).toEqual(['incident passed [commercial]']);
    expect(told('By early February 18 evacuations took place.')[0]).not.toMatch(/02-18/);
  });

  it('lie near the day of the note', () => {
    expect(told('16 patients pass on 21 June.')).toEqual(['incident passed [medical_evacuation] 2023-06-21']);
  });
});

it.each([
  ['Nepali officials: the road is closed.', 'Nepal'],
  ['Saudi newspapers: the road is closed.', 'Saudi Arabia'],
  ['News report: the road is closed.', 'herald.example'],
  ['Local aid worker, quoted by news: the road is closed.', 'herald.example'],
])('the press and officials of a state speak for it, nobody with a name for none: %s', (body, speaker) => {
  const { claims } = given(body, { publisher: 'herald.example', about: ['lachin-corridor'] });
  expect(claims.map((claim) => claim.speaker)).toEqual([speaker]);
});

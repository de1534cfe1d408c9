import { given } from '../coding.fixture.ts';

/** "passed [aid_cargo] ICRC": what a claim tells of passage. */
function told(body: string): readonly string[] {
  const { claims } = given(body, { publisher: 'herald.example', about: ['lachin-corridor'] });
  return claims.map(({ type, status, flows, effect, actor }) =>
    [type, status, `[${flows.join()}]`, effect, actor].filter((part) => part !== null).join(' '),
  );
}

describe('an event tells whose traffic it was, what was done to it, and by whom', () => {
  it.each([
    ['ICRC takes 15 patients out.', 'incident [medical_evacuation] passed ICRC'],
    ['Eleven vehicles of the peacekeepers pass during the day.', 'incident [peacekeepers] passed'],
    ['Three buses with pilgrims cross into Armenia.', 'incident [civilians] passed'],
    ['An aid convoy is turned back by the protesters.', 'incident [aid_cargo] turned_back'],
    ["Azerbaijan's border service sets up a checkpoint.", 'incident [] restricted Azerbaijan'],
  ])('%s', (body, expected) => {
    expect(told(body)).toContain(expected);
  });

  it('each in its own clause', () => {
    expect(
      told('All passenger and cargo movement is banned; 25 patients with ICRC are turned back.'),
    ).toEqual([
      'status blocked [civilians,commercial,aid_cargo] closed',
      'incident [civilians,commercial,aid_cargo] closed',
      'incident [medical_evacuation] turned_back',
    ]);
  });
});

describe('a state that is told as an act has an effect', () => {
  it.each([
    ['Azerbaijan closes the road.', 'status blocked [] closed Azerbaijan'],
    ['The road is reopened.', 'status open [] opened'],
    ['The road was closed by soldiers.', 'status blocked [] closed'],
  ])('%s', (body, expected) => {
    expect(told(body)).toContain(expected);
  });

  it.each([
    'The road remains closed.',
    'The road is closed.',
    'The ongoing blockade of the corridor is a burden.',
  ])('but not: %s', (body) => {
    expect(told(body).filter((claim) => /closed|opened/.test(claim))).toEqual([]);
  });
});

it('an agency that pauses its own work closes no way', () => {
  expect(told('ICRC suspends medical evacuations because of the checkpoint.')).toEqual([
    'incident [medical_evacuation] ICRC',
  ]);
});

it('what did not pass has not passed', () => {
  expect(told('No convoys passed on Monday.').filter((claim) => claim.includes('passed'))).toEqual([]);
});

it('what an untagged text says of lorries is not yet of this road', () => {
  const { claims } = given('The Lachin corridor is closed. Seven vehicles with patients pass.');
  expect(claims.map(({ type }) => type)).toEqual(['status']);
});

describe('what a way is open for is told of its opening', () => {
  it.each([
    [
      'Azerbaijan opens the road for the wounded.',
      'status restricted [medical_evacuation] opened Azerbaijan',
    ],
    ['The road reopens to aid convoys.', 'status restricted [aid_cargo] opened'],
    ['Deliveries resume: 81 trucks with food enter.', 'status open [aid_cargo] opened'],
  ])('%s', (body, expected) => {
    expect(told(body)).toContain(expected);
  });
});

it('one convoy that is stopped is no state of the way, and a ship that lies loaded has not left', () => {
  expect(told('An aid convoy is stopped before the checkpoint.')).toEqual([
    'incident [aid_cargo] turned_back',
  ]);
  expect(told('A first ship stands loaded and waits.').join()).not.toContain('passed');
});

it('who says that people left has not left', () => {
  expect(told('Armenia says 3,000 people got out in private cars.')).toEqual(['incident [civilians] passed']);
});

it('a running count of days takes the closure for granted', () => {
  const { claims } = given('For the 43rd day no cargo has been let in.', { about: ['lachin-corridor'] });
  expect(claims[0]).toMatchObject({ type: 'status', status: 'blocked', presupposed: true });
});

describe('a name or a kind of source before a colon speaks', () => {
  it.each([
    ['Ombudsman: transfers were suspended ten days in a row.', 'Ombudsman'],
    ['Local aid worker, quoted by news: no aid gets through.', 'herald.example'],
    ['Azerbaijan (state media): the road is open.', 'Azerbaijan'],
    ['Deliveries resume: 81 trucks with food enter.', 'herald.example'],
  ])('%s', (body, speaker) => {
    const { claims } = given(body, { publisher: 'herald.example', about: ['lachin-corridor'] });
    expect(new Set(claims.map((claim) => claim.speaker))).toEqual(new Set([speaker]));
  });
});

it('a party that says passage is not hindered denies that it is', () => {
  expect(told('Azerbaijan: protesters do not hinder civilian vehicles.')).toEqual([
    'denial open [civilians]',
  ]);
  expect(told('Azerbaijan: over 2,000 residents crossed easily.')).toContain('denial open [civilians]');
});

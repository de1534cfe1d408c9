import { given } from './coding.fixture.ts';

describe('ruling 8: a question asserts nothing', () => {
  it('but what it reports a named actor as having said', () => {
    given('Is the Lachin corridor closed?').thenNothing();
    given('Q: Why is the Lachin corridor closed?\nQ: The Lachin corridor is closed.').thenNothing();
    given('Q: France said the Lachin corridor is closed.').thenClaims('status blocked France');
  });
});

describe('ruling 10: one status a sentence, corridor and speaker', () => {
  it('what is said outranks what is taken for granted', () => {
    given('Despite talk of the blockade of the Lachin corridor, the Lachin corridor is open.').thenClaims(
      'status open Morning Post',
    );
  });

  it('what holds last outranks the earlier', () => {
    given(
      'The Lachin corridor was closed on Monday, and the Lachin corridor has reopened.',
    ).thenClaimsAmongOthers('status open Morning Post');
  });
});

describe('ruling 11: closed to most is restricted, closed is blocked', () => {
  it.each([
    ['The Lachin corridor is closed to most traffic.', 'restricted'],
    ['The Lachin corridor is largely blocked.', 'restricted'],
    ['Only Red Cross convoys pass through the Lachin corridor.', 'restricted'],
    ['We are concerned about impeded access to the Lachin corridor.', 'restricted'],
    ['Azerbaijan opened the Lachin corridor for one-way traffic.', 'restricted'],
    ['The Lachin corridor is effectively closed.', 'blocked'],
    ['No vehicles pass through the Lachin corridor.', 'blocked'],
    ['Protesters have blocked the Lachin corridor.', 'blocked'],
    ['Traffic along the Lachin corridor has been halted.', 'blocked'],
    ['The Lachin corridor is open.', 'open'],
    ['The Lachin corridor has reopened.', 'open'],
    ['Traffic on the Lachin corridor has resumed.', 'open'],
    ['The blockade of the Lachin corridor has been lifted.', 'open'],
    ['The Lachin corridor is no longer blocked.', 'open'],
  ])('%s', (text, status) => {
    given(text).thenClaims(`status ${status} Morning Post`);
  });
});

it('ruling 12: closing or opening on a day is an incident beside the status', () => {
  const { claims, thenClaims } = given('Protesters blocked the Lachin corridor on 12 December.');
  thenClaims('status blocked Morning Post', 'incident Morning Post');
  expect(claims.map(({ validFrom }) => validFrom)).toEqual(['2022-12-12', '2022-12-12']);
});

it('ruling 13: a described passage is an incident and says nothing of the status', () => {
  const { claims, thenClaims } = given('Yesterday, ten trucks passed through the Lachin corridor.');
  thenClaims('incident Morning Post');
  expect(claims[0]?.validFrom).toBe('2023-01-19');
});

describe('ruling 14: what takes a closure for granted carries it', () => {
  it('talks and efforts to reopen', () => {
    given('Talks to reopen the Lachin corridor failed.').thenClaimsAmongOthers('status blocked Morning Post');
  });

  it('of the blocking side, the one who reports it says so', () => {
    given('Azerbaijan agreed to reopen the Lachin corridor.').thenClaims(
      'status blocked Morning Post',
      'commitment Azerbaijan',
    );
  });
});

describe('ruling 24: a threat to close is a status to come', () => {
  it('with its modality', () => {
    given('Azerbaijan will close the Lachin corridor.').thenClaims('status blocked Morning Post future');
    given('Azerbaijan threatened to close the Lachin corridor.').thenClaimsAmongOthers(
      'status blocked Azerbaijan future',
    );
  });
});

describe('denial', () => {
  it.each([
    ['Azerbaijan said the Lachin corridor is not blocked.', 'denial open Azerbaijan'],
    ['Azerbaijan denied blocking the Lachin corridor.', 'denial open Azerbaijan'],
    ['Azerbaijan said there is no blockade of the Lachin corridor.', 'denial open Azerbaijan'],
    ['Azerbaijan called claims of a blockade of the Lachin corridor baseless.', 'denial open Azerbaijan'],
    ['Azerbaijan insists the Lachin corridor is open.', 'denial open Azerbaijan'],
  ])('disputes a state: %s', (text, claim) => {
    given(text).thenClaims(claim);
  });

  it('is not a plain "open"', () => {
    given('Azerbaijan said the Lachin corridor is open.').thenClaims('status open Azerbaijan');
  });

  it('"not open" says closed', () => {
    given('The Lachin corridor is not open.').thenClaims('status blocked Morning Post');
  });
});

describe('what is not so', () => {
  it.each([
    'If the Lachin corridor is closed, prices will rise.',
    'Nobody knows whether the Lachin corridor is closed.',
    'The so-called blockade of the Lachin corridor is a matter of words.',
  ])('a hypothesis or a scare quote is no status: %s', (text) => {
    expect(given(text).claims.filter(({ type }) => type === 'status')).toEqual([]);
  });

  it('what may be is conditional, what comes is future', () => {
    given('The Lachin corridor might be closed.').thenClaims('status blocked Morning Post conditional');
    given('The Lachin corridor will be open soon.').thenClaims('status open Morning Post future');
  });
});

describe('the other types', () => {
  it('impact: people suffer from the closure', () => {
    given('The blockade of the Lachin corridor has caused shortages of food.').thenClaims(
      'status blocked Morning Post',
      'impact Morning Post',
    );
  });

  it('engagement: it was discussed', () => {
    given('The ministers discussed the Lachin corridor by phone.').thenClaims('engagement Morning Post');
  });

  it('commitment: they vow to end it, and condemn it in the same breath', () => {
    const { claims } = given(
      'The United States and France vowed on Friday to work to end the Artsakh blockade, which they called “unacceptable.”',
    );
    const of = (speaker: string) =>
      claims.filter((claim) => claim.speaker === speaker).map(({ type }) => type);
    expect(of('France')).toEqual(['status', 'condemnation', 'commitment']);
    expect(of('United States')).toEqual(['status', 'condemnation', 'commitment']);
    expect(claims.find(({ type }) => type === 'commitment')?.validFrom).toBe('2023-01-20');
  });

  it('incident: a checkpoint on the road', () => {
    given('Azerbaijan set up a checkpoint on the Lachin corridor.').thenClaims('incident Morning Post');
  });
});

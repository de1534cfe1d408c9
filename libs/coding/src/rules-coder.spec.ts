import { given } from './coding.fixture.ts';

describe('rule 1: an alias or a clear reference names the corridor; without a tie there is no claim', () => {
  it('by its name, an alias, a name in another spelling', () => {
    given('The Lachin Corridor is closed.').thenClaims('status blocked Morning Post');
    given('The Lachin–Berdzor corridor is closed.').thenClaims('status blocked Morning Post');
    given('Protests go on against the #ArtsakhBlockade in many towns.').thenClaims(
      'status blocked Morning Post',
    );
  });

  it('by "the road" once the text has named it', () => {
    const { claims } = given('Snow fell on the Lachin corridor. The road remains closed.');
    expect(claims.map(({ quote }) => quote)).toEqual(['The road remains closed.']);
  });

  it("by the publisher's own tag, or by the title", () => {
    given('The road remains closed.', { about: ['lachin-corridor'] }).thenClaims(
      'status blocked Morning Post',
    );
    given('The road remains closed.', { title: 'Lachin corridor: a chronicle' }).thenClaims(
      'status blocked Morning Post',
    );
    given('The road remains closed.').thenNothing();
  });

  it('not by the same words about another place', () => {
    given('The Lachin corridor was quiet. The road to Yerevan airport is closed.', {
      about: [],
    }).thenNothing();
    given('The Lachin corridor was quiet. The blockade of Gaza goes on.').thenNothing();
    given('The Lachin corridor was quiet. The Meghri corridor is closed.').thenNothing();
  });

  it('keeps several corridors in one sentence apart', () => {
    const { claims } = given('The Lachin corridor is closed, but the Rafah crossing is open.');
    expect(claims.map(({ corridor, status }) => [corridor, status])).toEqual([
      ['lachin-corridor', 'blocked'],
      ['rafah-crossing', 'open'],
    ]);
  });

  it('takes corridors that share a verb together', () => {
    const { claims } = given('The Lachin corridor and the Rafah crossing remain closed.');
    expect(claims.map(({ corridor }) => corridor).sort()).toEqual(['lachin-corridor', 'rafah-crossing']);
  });
});

describe('rule 2: a sentence that blames and presupposes carries both', () => {
  it('"the illegal blockade"', () => {
    const { claims, thenClaims } = given('Berlin spoke of the illegal blockade of the Lachin corridor.');
    thenClaims('status blocked Morning Post', 'condemnation Morning Post');
    expect(claims.map(({ presupposed }) => presupposed)).toEqual([true, false]);
  });

  it('"not acceptable"', () => {
    given('France said the blockade of the Lachin corridor is not acceptable.').thenClaims(
      'status blocked France',
      'condemnation France',
    );
  });
});

describe('rule 3: a demand to reopen takes the blockage for granted, a demand to keep it open does not', () => {
  it('reopen', () => {
    const { claims, thenClaims } = given('France called for the immediate reopening of the Lachin corridor.');
    thenClaims('status blocked France', 'demand France');
    expect(claims[0]?.presupposed).toBe(true);
  });

  it('restore free movement, lift, end', () => {
    for (const demand of [
      'restore free movement along the Lachin corridor',
      'lift the blockade of the Lachin corridor',
      'put an end to the Artsakh blockade',
    ])
      given(`Germany urged Azerbaijan to ${demand}.`).thenClaims('status blocked Germany', 'demand Germany');
  });

  it('keep open', () => {
    given('Germany said the Lachin corridor must stay open.').thenClaims('demand Germany');
    given('Germany urged all sides to keep the Lachin corridor open.').thenClaims('demand Germany');
  });

  it('ensure passage is an order without a status', () => {
    given('The court ordered Azerbaijan to ensure safe passage through the Lachin corridor.').thenClaims(
      'demand Morning Post',
    );
  });
});

describe('rule 4: the speaker is the one whose view it is', () => {
  it.each([
    ['France said that the Lachin corridor is closed.', 'France'],
    ['The Lachin corridor is closed, France said.', 'France'],
    ['“The Lachin corridor is closed,” said the French foreign ministry in a statement.', 'France'],
    ['According to the ICRC, the Lachin corridor is closed.', 'ICRC'],
    ['The foreign ministry of Armenia says the Lachin corridor is closed.', 'Armenia'],
    ['U.S. officials said on Monday the Lachin corridor is closed.', 'United States'],
    ['ICRC: the Lachin corridor is closed.', 'ICRC'],
    ['Analysts say the Lachin corridor is closed.', 'Morning Post'],
    ['The Lachin corridor is closed.', 'Morning Post'],
  ])('%s', (text, speaker) => {
    given(text).thenClaims(`status blocked ${speaker}`);
  });

  it('in nested speech the innermost holder wins', () => {
    given('France said Armenia told it that the Lachin corridor is closed.').thenClaims(
      'status blocked Armenia',
    );
  });

  it('a joint statement gives one claim a speaker', () => {
    given('The United States and France called for an end to the Artsakh blockade.').thenClaims(
      'status blocked United States',
      'status blocked France',
      'demand United States',
      'demand France',
    );
  });

  it('"he added" and a floating quote are of the last speaker', () => {
    given('France deplored the news. The Lachin corridor is closed, it added.').thenClaims(
      'status blocked France',
    );
    given('“Snow is no reason,” France said. “The Lachin corridor is closed.”').thenClaims(
      'status blocked France',
    );
  });

  it('a quote that names its speaker late covers the sentences before', () => {
    given('“The Lachin corridor is closed. We are worried,” France said.').thenClaims(
      'status blocked France',
    );
  });

  it('a person speaks for a country, and is named', () => {
    const { claims } = given('Foreign Minister Ararat Mirzoyan said the Lachin corridor is closed.');
    expect(claims[0]).toMatchObject({ speaker: 'Armenia', speakerName: 'Ararat Mirzoyan' });
  });

  it('whom the text introduced speaks for the same under the bare name', () => {
    given(
      'French envoy Anne Muster arrived in Yerevan. Muster said the Lachin corridor is closed.',
    ).thenClaims('status blocked France');
  });

  it('a government speaks as its country, also as publisher', () => {
    given('We urge the reopening of the Lachin corridor.', {
      publisher: 'U.S. Department of State',
    }).thenClaims('status blocked United States', 'demand United States');
  });

  it('a turn of a transcript is of the one who has it', () => {
    const title = 'Press Briefing by Press Secretary Anne Muster';
    const { claims } = given('MS. MUSTER: The Lachin corridor is closed.', {
      publisher: 'White House',
      title,
    });
    expect(claims[0]).toMatchObject({ quote: 'The Lachin corridor is closed.', speakerName: 'Anne Muster' });
  });

  it('words of one clause are not put in the mouth of the next', () => {
    given('The Lachin corridor is closed. France said nothing.').thenClaims('status blocked Morning Post');
  });
});

describe('rule 5: past states count, with the day they held from', () => {
  it('"was blocked on 12 December"', () => {
    const { claims } = given('The Lachin corridor was blocked on 12 December.');
    expect(claims[0]).toMatchObject({ type: 'status', status: 'blocked', validFrom: '2022-12-12' });
  });

  it('the day of the saying is not the day of the state', () => {
    const { claims } = given('France said on Monday that the Lachin corridor is closed.');
    expect(claims[0]?.validFrom).toBeNull();
  });
});

describe('rule 6: a headline counts when it is part of the text', () => {
  it('in headline style', () => {
    given('Lachin corridor blocked\nMore news tomorrow.').thenClaims('status blocked Morning Post');
    given('France urges Azerbaijan to reopen Lachin corridor\nNo more.').thenClaims(
      'status blocked France',
      'demand France',
    );
  });

  it('the title alone is no text', () => {
    given('More news tomorrow.', { title: 'Lachin corridor blocked' }).thenNothing();
  });
});

it('rule 7: background on the wider conflict carries no claim', () => {
  given(
    'The Lachin corridor runs through the mountains. The two armies fought in autumn, and shops were closed.',
  ).thenNothing();
});

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

it('codes a report of several paragraphs with exact quotes', () => {
  const body = [
    'Paris and Berlin speak up',
    'France and Germany pledged on Thursday to work to end the blockade of Nagorno-Karabakh.',
    '“The consequences of the ongoing blockade are unacceptable. Families are separated,” the French foreign ministry said in a note.',
    'Foreign Minister Ararat Mirzoyan later underlined the need to reopen the Lachin corridor without delay.',
    'Azerbaijan, which denies blocking the road, said nothing new.',
    'The weather stays cold.',
  ].join('\n');
  const { claims, thenClaims } = given(body);
  thenClaims(
    'status blocked France',
    'status blocked Germany',
    'commitment France',
    'commitment Germany',
    'status blocked France',
    'condemnation France',
    'impact France',
    'status blocked Armenia',
    'demand Armenia',
    'denial open Azerbaijan',
  );
  for (const { start, end, quote } of claims) expect(body.slice(start, end)).toBe(quote);
});

it('gives no claims for a text in another language', () => {
  given('The Lachin corridor is closed.', { language: 'fr' }).thenNothing();
  given('The Lachin corridor is closed.', { language: 'en-GB' }).thenClaims('status blocked Morning Post');
  given('The Lachin corridor is closed.', { language: null }).thenClaims('status blocked Morning Post');
});

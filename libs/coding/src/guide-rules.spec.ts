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

import { type Reliability } from '#events';
import { deriveStatus, deriveTimeline } from './index.ts';
import { claim, icrc, rules } from './status.fixture.ts';
import { type StatusClaim } from './status.ts';

const stateAfter = (claims: readonly StatusClaim[], day = '2022-12-31') => deriveStatus(claims, rules, day);
const grade = (reliability: Reliability) => ({ reliability, kind: 'news', country: null }) as const;
const gradeC = grade('C');
const france = { speaker: 'France' } satisfies Partial<StatusClaim>;

describe('rule 1: a claim counts for the day it speaks of, not the day it was published', () => {
  const late = claim({ on: '2022-12-20', validFrom: '2022-12-12' });

  it('revises an earlier day', () => {
    expect(stateAfter([late], '2022-12-12')).toMatchObject({ status: 'blocked', since: '2022-12-12' });
    expect(stateAfter([late], '2022-12-11')).toMatchObject({ status: 'open', since: '2020-11-10' });
  });

  it('without such a day it counts for the day of publication at the corridor', () => {
    const atNight = claim({ publishedAt: '2022-12-12T21:00:00Z' });
    expect(stateAfter([atNight]).since).toBe('2022-12-13');
  });

  it('what lasts since a day counts for that day and for the day it is said', () => {
    const quote = 'The road has been closed since 12 December.';
    const lasting = claim({ on: '2023-01-20', validFrom: '2022-12-12', quote });
    const state = stateAfter([lasting], '2023-01-20');
    expect(state).toMatchObject({ status: 'blocked', since: '2022-12-12', lastEvidenceOn: '2023-01-20' });
    expect(state.evidence).toMatchObject([{ claimId: lasting.claimId, stance: 'for' }]);
  });

  it('what was so on a day says nothing of the day it is said', () => {
    const past = claim({
      on: '2023-01-20',
      validFrom: '2022-12-12',
      quote: 'The road was closed on 12 December.',
    });
    expect(stateAfter([past], '2023-01-20').lastEvidenceOn).toBe('2022-12-12');
  });

  it('shows a claim once, also when both of its days weigh', () => {
    const quote = 'The road has been closed since Monday.';
    const lasting = claim({ on: '2022-12-15', validFrom: '2022-12-12', quote });
    expect(stateAfter([lasting], '2022-12-15').evidence).toHaveLength(1);
  });

  it('the run begins on the day that a deciding claim gives', () => {
    expect(stateAfter([claim({ on: '2022-12-14' }), late]).since).toBe('2022-12-12');
  });
});

describe('rule 2: a neutral operator outweighs an official of another side, and that one unattributed news', () => {
  it.each([
    { heavier: 'an operator', than: 'a newspaper', a: icrc, b: {} },
    { heavier: 'a newspaper in its own voice', than: 'a government that it quotes', a: {}, b: france },
    { heavier: 'a government', than: 'a party', a: france, b: { speaker: 'Armenia' } },
    { heavier: 'grade B', than: 'grade D', a: { grade: grade('B') }, b: { grade: grade('D') } },
  ])('$heavier outweighs $than', ({ a, b }) => {
    const other = { publisher: 'Morning Post', speaker: 'Morning Post' };
    expect(stateAfter([claim({ status: 'restricted', ...a }), claim({ ...other, ...b })]).status).toBe(
      'restricted',
    );
  });
});

describe('rule 3: a party that admits that it closed the road is strong, one that calls it open is weak', () => {
  const quote = 'We have closed the road until the inquiry ends.';

  it('takes an admission over a newspaper that says otherwise', () => {
    const admitted = claim({ speaker: 'Azerbaijan', quote });
    expect(
      stateAfter([admitted, claim({ status: 'open', publisher: 'Herald', speaker: 'Herald' })]),
    ).toMatchObject({
      status: 'blocked',
      basis: 'declared',
    });
  });

  it('takes a newspaper over a party that accuses the other', () => {
    const accused = claim({ speaker: 'Armenia', quote: 'Azerbaijan closed the road.' });
    expect(
      stateAfter([accused, claim({ status: 'open', publisher: 'Herald', speaker: 'Herald' })]).status,
    ).toBe('open');
  });
});

describe("rule 4: a party's claim alone never moves a status to open", () => {
  const denial = claim({ on: '2022-12-20', type: 'denial', status: 'open', speaker: 'Azerbaijan' });

  it('disputes what others say', () => {
    expect(stateAfter([claim(), denial])).toMatchObject({
      status: 'blocked',
      disputed: true,
      disputedBy: ['Azerbaijan'],
    });
  });

  it('keeps the earlier status when it is the only news for a month', () => {
    const monthLater = { ...denial, publishedAt: '2023-01-20T08:00:00Z' };
    expect(stateAfter([claim(), monthLater], '2023-01-25')).toMatchObject({
      status: 'blocked',
      since: '2022-12-14',
      confidence: 'low',
      disputedBy: ['Azerbaijan'],
      lastEvidenceOn: '2023-01-20',
    });
  });

  it('holds however often and through however many publishers it is said', () => {
    const echoes = Array.from({ length: 30 }, (_, at) =>
      claim({ on: '2022-12-20', status: 'open', speaker: 'Azerbaijan', publisher: `Agency ${at}` }),
    );
    expect(stateAfter([claim(), ...echoes]).status).toBe('blocked');
  });

  it('lets someone else open it', () => {
    expect(stateAfter([claim(), claim({ on: '2022-12-20', status: 'open', ...france }), denial]).status).toBe(
      'open',
    );
  });

  it('takes a publisher of kind "party" for a party', () => {
    const grade = { reliability: 'C', kind: 'party', country: null } as const;
    const stateMedia = { publisher: 'State Radio', speaker: 'State Radio', grade };
    expect(stateAfter([claim(), claim({ on: '2022-12-30', status: 'open', ...stateMedia })]).status).toBe(
      'blocked',
    );
  });
});

describe('rule 5: one source counts once', () => {
  const contrary = claim({ status: 'open', publisher: 'Herald', speaker: 'Herald', grade: gradeC });

  it('a publisher counts once a day', () => {
    const repeats = [1, 2, 3].map(() => claim({ ...france, publisher: 'Courier' }));
    expect(stateAfter([contrary, ...repeats]).status).toBe('open');
  });

  it('the same text counts once, whoever prints it', () => {
    const prints = ['Courier', 'Post', 'Times'].map((publisher) =>
      claim({ ...france, publisher, quote: 'Shut.' }),
    );
    expect(stateAfter([contrary, ...prints]).status).toBe('open');
    const own = prints.map((print, at) => ({ ...print, quote: `Shut ${at}.` }));
    expect(stateAfter([contrary, ...own]).status).toBe('blocked');
  });
});

describe('rule 6: confidence', () => {
  const courier = claim({ grade: gradeC });
  const post = claim({ grade: gradeC, publisher: 'Post', speaker: 'Post' });

  it('is high with two independent sources graded C or better', () => {
    expect(stateAfter([courier, post]).confidence).toBe('high');
  });

  it('is high with the first-hand word of one operator of grade A', () => {
    expect(stateAfter([claim(icrc)])).toMatchObject({ confidence: 'high', basis: 'observed' });
  });

  it('is at most moderate from one source', () => {
    expect(stateAfter([courier, claim({ grade: gradeC, ...france })]).confidence).toBe('moderate');
  });

  it('is at most moderate from sources that nobody graded', () => {
    expect(stateAfter([claim(), claim({ publisher: 'Post', speaker: 'Post' })]).confidence).toBe('moderate');
  });

  it('is at most moderate beside a contrary item of equal grade', () => {
    const contrary = claim({ status: 'open', grade: gradeC, publisher: 'Herald', speaker: 'Herald' });
    const times = claim({ grade: gradeC, publisher: 'Times', speaker: 'Times' });
    expect(stateAfter([courier, post, times, contrary]).confidence).toBe('moderate');
  });

  it('is low when only parties speak', () => {
    expect(stateAfter([claim({ speaker: 'Armenia' })])).toMatchObject({
      status: 'blocked',
      confidence: 'low',
    });
  });

  it('is low when the contrary weight is near', () => {
    expect(stateAfter([courier, claim({ status: 'open', publisher: 'Herald', ...france })]).confidence).toBe(
      'low',
    );
  });
});

describe('rule 8: silence is not openness', () => {
  it('the status goes on, and the last day with evidence tells how stale it is', () => {
    expect(stateAfter([claim()], '2023-06-01')).toMatchObject({
      status: 'blocked',
      lastEvidenceOn: '2022-12-14',
    });
  });
});

describe('rule 9: announced, conditional and future claims never change status', () => {
  it.each(['future', 'conditional'] as const)('%s', (modality) => {
    expect(stateAfter([claim({ modality })])).toMatchObject({
      status: 'open',
      evidence: [],
      lastEvidenceOn: null,
    });
  });

  it.each(['demand', 'condemnation', 'commitment', 'incident'] as const)(
    'neither does a %s by itself',
    (type) => {
      expect(stateAfter([claim({ type, status: null })]).status).toBe('open');
    },
  );
});

describe('rule 10: a demand to reopen presupposes closure', () => {
  const demanded = claim({ presupposed: true, ...france, grade: gradeC });

  it('is weak support for blocked', () => {
    expect(stateAfter([demanded]).status).toBe('blocked');
    expect(
      stateAfter([demanded, claim({ status: 'open', publisher: 'Herald', speaker: 'Herald' })]).status,
    ).toBe('open');
  });

  it('"the blockade" does not refute that some were seen to pass', () => {
    const passed = claim({ ...icrc, status: 'restricted', on: '2022-12-10' });
    expect(
      stateAfter([passed, { ...demanded, publishedAt: '2023-01-20T08:00:00Z' }], '2023-02-01').status,
    ).toBe('restricted');
  });

  it('is never corroboration', () => {
    const again = { ...claim({ presupposed: true, publisher: 'Post', speaker: 'Germany', grade: gradeC }) };
    expect(stateAfter([demanded, again]).confidence).toBe('moderate');
  });
});

describe('rule 16: a dispute is shown with both sides', () => {
  it('lists the evidence for and against, the heaviest first', () => {
    const denial = claim({ type: 'denial', status: 'open', speaker: 'Azerbaijan' });
    const { evidence } = stateAfter([denial, claim({ presupposed: true }), claim({ ...icrc })]);
    expect(evidence.map(({ stance, speaker }) => [stance, speaker])).toEqual([
      ['for', 'ICRC'],
      ['for', 'Evening Courier'],
      ['against', 'Azerbaijan'],
    ]);
    expect(evidence[0]?.weight).toBe(100);
  });

  it('shows at most twenty for and twenty against', () => {
    const many = Array.from({ length: 200 }, (_, at) =>
      claim({
        publisher: `Paper ${at}`,
        status: at % 4 === 0 ? 'open' : 'blocked',
        on: `2022-12-1${at % 9}`,
      }),
    );
    const { evidence } = stateAfter(many);
    expect(evidence.filter(({ stance }) => stance === 'for')).toHaveLength(20);
    expect(evidence.filter(({ stance }) => stance === 'against')).toHaveLength(20);
  });

  it('"restricted" beside "blocked" is no dispute, unless it denies', () => {
    const milder = claim({ status: 'restricted', publisher: 'Herald', ...france });
    expect(stateAfter([claim(), claim(icrc), milder]).disputed).toBe(false);
    expect(stateAfter([claim(), claim(icrc), { ...milder, type: 'denial' }]).disputedBy).toEqual(['France']);
  });

  it('what was said before the status turned is no dispute', () => {
    const reopened = claim({ ...icrc, on: '2022-12-16', status: 'open' });
    expect(stateAfter([claim(), reopened])).toMatchObject({
      status: 'open',
      since: '2022-12-16',
      disputed: false,
    });
  });
});

describe('recency and ties', () => {
  it('later evidence outweighs older, and the older fades away in a fortnight', () => {
    const papers = ['Post', 'Times', 'Herald'].map((publisher) => claim({ publisher, speaker: publisher }));
    const turned = [...papers, claim({ ...icrc, on: '2022-12-17', status: 'open' })];
    expect(stateAfter(turned, '2022-12-16').status).toBe('blocked');
    expect(stateAfter(turned, '2022-12-17').status).toBe('open');
    const quiet = stateAfter([...papers, claim({ status: 'open', on: '2022-12-28', ...france })]);
    expect(quiet.evidence).toHaveLength(1);
  });

  it('a tie keeps the more severe', () => {
    const other = claim({ status: 'restricted', publisher: 'Post', speaker: 'Post' });
    expect(stateAfter([other, claim()]).status).toBe('blocked');
  });

  it('without evidence the baseline holds from its day on, before it nothing is known', () => {
    expect(stateAfter([], '2020-11-10')).toMatchObject({ status: 'open', since: '2020-11-10' });
    expect(stateAfter([], '2020-11-09')).toMatchObject({ status: 'unknown', since: null, confidence: 'low' });
    expect(deriveStatus([], { ...rules, baseline: null }, '2022-01-01').status).toBe('unknown');
  });
});

it('tells the first weeks of a closed road', () => {
  const claims = [
    claim({ on: '2022-12-12', status: 'blocked', publisher: 'Courier', speaker: 'Courier' }),
    claim({ on: '2022-12-13', status: 'open', type: 'denial', publisher: 'Courier', speaker: 'Azerbaijan' }),
    claim({ on: '2022-12-14', presupposed: true, publisher: 'Courier', ...france }),
    claim({ on: '2022-12-19', status: 'restricted', ...icrc }),
    claim({ on: '2022-12-22', status: 'restricted', publisher: 'White Hall', speaker: 'United States' }),
    claim({ on: '2023-01-20', presupposed: true, publisher: 'Courier', speaker: 'United States' }),
  ];
  expect(deriveTimeline(claims, rules, { from: '2022-12-10', to: '2023-01-31' })).toEqual([
    { from: '2022-12-10', to: '2022-12-11', status: 'open', confidence: 'moderate', disputed: false },
    { from: '2022-12-12', to: '2022-12-12', status: 'blocked', confidence: 'moderate', disputed: false },
    { from: '2022-12-13', to: '2022-12-18', status: 'blocked', confidence: 'moderate', disputed: true },
    { from: '2022-12-19', to: '2023-01-19', status: 'restricted', confidence: 'high', disputed: false },
    { from: '2023-01-20', to: '2023-01-31', status: 'restricted', confidence: 'low', disputed: false },
  ]);
});

import { daysOf, nextLapse, stateOn, turnsOf } from './index.ts';
import {
  bookOf,
  stateAfter,
  statusesAfter,
  grade,
  gradeC,
  france,
  paper,
  told,
  patients,
  cargo,
} from './status-rules.fixture.ts';
import { claim, corridor, icrc } from './status.fixture.ts';
import { type StatusClaim } from './status.ts';

describe('rule 1: a claim counts for the day it speaks of, not the day it was published; a later report revises that day', () => {
  const late = claim({ on: '2022-12-20', validFrom: '2022-12-12' });

  it('revises an earlier day', () => {
    expect(stateAfter([late], '2022-12-12')).toMatchObject({ status: 'blocked', since: '2022-12-12' });
    expect(stateAfter([late], '2022-12-11')).toMatchObject({ status: 'open', since: '2020-11-10' });
  });

  it('without such a day it counts for the day of publication at the corridor', () => {
    const atNight = claim({ publishedAt: '2022-12-12T21:00:00Z' });
    expect(stateAfter([atNight]).since).toBe('2022-12-13');
  });

  it('what lasts since a day counts for that day and for the day it is said, and is shown once', () => {
    const quote = 'The road has been closed since 12 December.';
    const lasting = claim({ on: '2022-12-15', validFrom: '2022-12-12', quote });
    const state = stateAfter([lasting], '2022-12-20');
    expect(state).toMatchObject({ status: 'blocked', since: '2022-12-12', lastEvidenceOn: '2022-12-15' });
    expect(state.evidence).toMatchObject([{ claimId: lasting.claimId, stance: 'for', day: '2022-12-15' }]);
  });

  it('what was so on a day says nothing of the day it is said', () => {
    const quote = 'The road was closed on 12 December.';
    const past = claim({ on: '2023-01-20', validFrom: '2022-12-12', quote });
    expect(stateAfter([past], '2023-01-20').lastEvidenceOn).toBe('2022-12-12');
  });

  it('a count of passages since a day is known on the day it is told', () => {
    const quote = 'Since 12 December 40 trucks have passed.';
    const counted = told('passed', { on: '2022-12-20', validFrom: '2022-12-12', quote });
    expect(stateAfter([counted]).lastEvidenceOn).toBe('2022-12-20');
  });

  it('a day that had not come when it was said is not the day of an asserted claim', () => {
    const odd = claim({ on: '2022-12-14', validFrom: '2022-12-30' });
    expect(stateAfter([odd], '2022-12-20').lastEvidenceOn).toBe('2022-12-14');
  });
});

describe('rule 2: a neutral operator weighs more than a wire reporter, that one more than a government on its own act, that one more than a government on others, that one more than a party', () => {
  const spain = { speaker: 'Spain', actor: 'Spain' } satisfies Partial<StatusClaim>;
  it.each([
    { heavier: 'an operator', than: 'a newspaper', a: icrc, b: {} },
    { heavier: 'a newspaper in its own voice', than: 'a government on its own act', a: {}, b: spain },
    { heavier: 'a government on its own act', than: 'a government on others', a: spain, b: france },
    { heavier: 'a government', than: 'a party', a: france, b: { speaker: 'Armenia' } },
    { heavier: 'grade B', than: 'grade D', a: { grade: grade('B') }, b: { grade: grade('D') } },
    {
      heavier: 'a newspaper',
      than: 'an aggregator',
      a: { grade: gradeC },
      b: { grade: { ...gradeC, kind: 'aggregator' as const } },
    },
  ])('$heavier outweighs $than', ({ a, b }) => {
    const [one, other] = [claim({ status: 'open', ...a }), claim({ ...paper('Morning Post'), ...b })];
    const { evidence } = stateAfter([one, other], '2022-12-14');
    const weightOf = (of: StatusClaim) => evidence.find(({ claimId }) => claimId === of.claimId)?.weight ?? 0;
    expect(weightOf(one)).toBeGreaterThan(weightOf(other));
    expect(weightOf(other)).toBeGreaterThan(0);
  });
});

describe('rule 3: a party that admits that it closed the road is strong, one that says that its own road is open is weak', () => {
  const herald = claim({ status: 'open', ...paper('Herald') });

  it.each([
    ['in the first person', { quote: 'We have closed the road until the inquiry ends.' }],
    ['as its own act', { actor: 'Azerbaijan' }],
  ])('takes an admission %s over a newspaper that says otherwise', (_, admission) => {
    const admitted = claim({ speaker: 'Azerbaijan', effect: 'closed', ...admission });
    expect(stateAfter([admitted, herald])).toMatchObject({ status: 'blocked', basis: 'declared' });
  });

  it('takes a newspaper over a party that accuses the other', () => {
    const accused = claim({ speaker: 'Armenia', actor: 'Azerbaijan' });
    expect(stateAfter([accused, herald]).status).toBe('open');
  });

  it('weighs "our road is open" less than an accusation', () => {
    const own = claim({ speaker: 'Azerbaijan', status: 'open' });
    const { evidence } = stateAfter([own, claim({ speaker: 'Armenia' }), claim(icrc)]);
    expect(evidence.map(({ speaker }) => speaker)).toEqual(['ICRC', 'Armenia', 'Azerbaijan']);
  });
});

describe("rule 4: a party's claim alone never moves a status to open; alone it may close, as provisional, when it speaks of its own act", () => {
  const denial = claim({ on: '2022-12-20', type: 'denial', status: 'open', speaker: 'Azerbaijan' });

  it('a denial disputes what others say', () => {
    expect(stateAfter([claim(), denial])).toMatchObject({
      status: 'blocked',
      disputed: true,
      disputedBy: ['Azerbaijan'],
    });
  });

  it('keeps the earlier status when it is the only news for a month, and stays a dispute', () => {
    const monthLater = { ...denial, publishedAt: '2023-01-20T08:00:00Z' };
    expect(stateAfter([claim(), monthLater], '2023-01-25')).toMatchObject({
      status: 'blocked',
      since: '2022-12-14',
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
    const opened = claim({ on: '2022-12-20', status: 'open', ...france });
    expect(stateAfter([claim(), opened, denial]).status).toBe('open');
  });

  it('takes a publisher of kind "party" for a party', () => {
    const stateMedia = { ...paper('State Radio'), grade: { ...gradeC, kind: 'party' as const } };
    expect(stateAfter([claim(), claim({ on: '2022-12-30', status: 'open', ...stateMedia })]).status).toBe(
      'blocked',
    );
  });

  it('where no parties are named, nobody who is quoted opens it alone', () => {
    const unnamed = { corridor: { ...corridor, parties: [] } };
    const quoted = claim({ on: '2022-12-20', status: 'open', ...france });
    const own = claim({ on: '2022-12-20', status: 'open', ...paper('Herald') });
    expect(stateAfter([claim(), quoted], '2022-12-31', unnamed).status).toBe('blocked');
    expect(stateAfter([claim(), own], '2022-12-31', unnamed).status).toBe('open');
  });

  it('a party alone closes the road when it says that it did so itself', () => {
    const admitted = claim({ speaker: 'Azerbaijan', actor: 'Azerbaijan', effect: 'closed' });
    expect(stateAfter([admitted])).toMatchObject({ status: 'blocked', provisional: true, confidence: 'low' });
    expect(stateAfter([admitted, claim(paper('Herald'))])).toMatchObject({ provisional: false });
  });

  it('a party alone does not close it by accusing the other', () => {
    expect(stateAfter([claim({ speaker: 'Armenia', actor: 'Azerbaijan' })]).status).toBe('open');
  });
});

describe('rule 5: the same text, the same speaker and the same publisher are one source; opposed parties that agree count', () => {
  const contrary = claim({ status: 'open', ...paper('Herald'), grade: gradeC });
  const weightFor = (claims: readonly StatusClaim[]) => stateAfter([contrary, ...claims]).status;

  it('a publisher counts once a day', () => {
    expect(weightFor([1, 2, 3].map(() => claim(paper('Courier'))))).toBe('open');
    expect(weightFor(['Courier', 'Post', 'Times'].map((name) => claim(paper(name))))).toBe('blocked');
  });

  it('a speaker counts once, through however many publishers', () => {
    const carriers = ['Courier', 'Post', 'Times'];
    expect(weightFor(carriers.map((publisher) => claim({ ...france, publisher })))).toBe('open');
  });

  it('near-duplicates count once, and show which one counted', () => {
    const prints = ['Courier', 'Post', 'Times'].map((name) => claim({ ...paper(name), cluster: 'one' }));
    expect(weightFor(prints)).toBe('open');
    const { evidence } = stateAfter([claim(icrc), ...prints]);
    const countedWith = evidence.filter(({ cluster }) => cluster === 'one').map((item) => item.countedWith);
    expect(countedWith).toEqual([null, prints[0]?.claimId, prints[0]?.claimId]);
  });

  it('opposed parties that agree open the road', () => {
    const accusations = claim({ speaker: 'Armenia' });
    const both = ['Armenia', 'Azerbaijan'].map((speaker) =>
      claim({ on: '2022-12-20', status: 'open', speaker }),
    );
    expect(stateAfter([claim(), accusations, ...both]).status).toBe('open');
    expect(stateAfter([claim(), accusations, ...both.slice(1)]).status).toBe('blocked');
  });
});

describe('rule 6: confidence is high with two independent sources of C or better, or one operator first hand; never with equal contrary items', () => {
  const courier = claim({ grade: gradeC });
  const post = claim({ grade: gradeC, ...paper('Post') });
  const contrary = claim({ status: 'open', grade: gradeC, ...paper('Herald') });

  it.each([
    ['high with two independent sources graded C', [courier, post], 'high'],
    ['high with the first-hand word of one operator of grade A', [claim(icrc)], 'high'],
    ['moderate from one source', [courier], 'moderate'],
    ['moderate from the same source twice', [courier, claim({ grade: gradeC })], 'moderate'],
    ['moderate from sources that nobody graded', [claim(), claim(paper('Post'))], 'moderate'],
    [
      'moderate beside a contrary item of equal grade',
      [courier, post, claim({ grade: gradeC, ...paper('Times') }), contrary],
      'moderate',
    ],
    ['low when only parties speak', [claim({ speaker: 'Armenia', actor: 'Armenia' })], 'low'],
    ['low when the contrary weight is near', [courier, claim({ status: 'restricted', ...france })], 'low'],
  ] as const)('is %s', (_, claims, confidence) => {
    expect(stateAfter(claims)).toMatchObject({ status: 'blocked', confidence });
  });

  it('gives a likelihood in steps, and never certainty', () => {
    const likelihoods = [[claim({ speaker: 'Armenia', actor: 'Armenia' })], [courier], [courier, post]].map(
      (claims) => stateAfter(claims).likelihood,
    );
    expect(likelihoods).toEqual([0.55, 0.8, 0.95]);
  });
});

describe('rule 7: one counted passage refutes "nothing passes" for that flow and day; it does not prove open', () => {
  const passed = told('passed', { flows: patients });

  it('restricts the flow that passed, and with it the headline', () => {
    expect(statusesAfter([claim({ on: '2022-12-13' }), passed])).toMatchObject({
      status: 'restricted',
      medical_evacuation: 'restricted',
      civilians: 'blocked',
    });
  });

  it('however many say on that day that nothing passes', () => {
    const words = ['Post', 'Times', 'Herald'].map((name) => claim({ ...paper(name), grade: grade('A') }));
    expect(statusesAfter([...words, passed]).medical_evacuation).toBe('restricted');
  });

  it('"the blockade" goes on in words, and the flow stays restricted, until someone closes it', () => {
    const words = claim({ on: '2022-12-20', ...paper('Post') });
    expect(statusesAfter([passed, words]).medical_evacuation).toBe('restricted');
    const closed = told('closed', { on: '2022-12-21', ...paper('Post') });
    expect(statusesAfter([passed, words, closed]).medical_evacuation).toBe('blocked');
  });

  it('an open flow stays open when someone passes', () => {
    expect(statusesAfter([passed]).medical_evacuation).toBe('open');
  });

  it('a convoy turned back is the latest news of its flow, but an exception while others pass', () => {
    const refused = told('turned_back', { flows: cargo, on: '2022-12-16' });
    const passing = told('passed', { flows: cargo, on: '2022-12-14', ...paper('Post') });
    const restricted = claim({ status: 'restricted', on: '2022-12-10' });
    expect(statusesAfter([restricted, refused]).aid_cargo).toBe('blocked');
    expect(statusesAfter([restricted, passing, refused]).aid_cargo).toBe('restricted');
    expect(statusesAfter([refused])).toMatchObject({ aid_cargo: 'restricted', civilians: 'open' });
  });

  it('opened for one flow is an exception, not the opening of the way', () => {
    const resumed = told('opened', { flows: patients, on: '2022-12-16' });
    expect(statusesAfter([claim(), resumed])).toMatchObject({ status: 'restricted', civilians: 'blocked' });
    expect(statusesAfter([claim(), told('opened', { on: '2022-12-16' })]).status).toBe('open');
  });
});

describe('rule 7: for all the main traffic at once it is the opening of the way', () => {
  it('where that is one flow alone', () => {
    const aidOnly = { corridor: { ...corridor, primaryFlows: [...cargo, ...patients] } };
    const resumed = told('opened', { flows: cargo, on: '2022-12-16' });
    expect(stateAfter([claim(), resumed], '2022-12-31', aidOnly).status).toBe('open');
    expect(stateAfter([claim(), resumed]).status).toBe('restricted');
  });
});

describe('rule 8: silence is not openness: after the limit confidence falls a step, at twice the limit the current status is unknown; the past stays', () => {
  const claims = [claim({ grade: gradeC }), claim({ ...paper('Post'), grade: gradeC })];
  const disputed = claim({ type: 'denial', status: 'open', speaker: 'Azerbaijan' });

  it('the status goes on until a recorded event says that the day has come', () => {
    expect(stateAfter(claims, '2023-06-01')).toMatchObject({ status: 'blocked', stale: false });
  });

  it('the limit is 14 days, or 3 when the status is contested, or as the corridor sets it', () => {
    const own = { corridor: { ...corridor, freshnessDays: { contested: 1, stable: 5 } } };
    expect(nextLapse(bookOf(claims))).toMatchObject({ day: '2022-12-29', becomes: 'stale' });
    expect(nextLapse(bookOf([...claims, disputed]))).toMatchObject({ day: '2022-12-18', becomes: 'stale' });
    expect(nextLapse(bookOf(claims, own))).toMatchObject({ day: '2022-12-20', becomes: 'stale' });
  });

  it('then the confidence falls a step, and at twice the limit nothing is known; the past stays', () => {
    const stale = { clock: '2022-12-29' };
    const lapsed = { clock: '2023-01-12' };
    expect(nextLapse(bookOf(claims, stale))).toMatchObject({ day: '2023-01-12', becomes: 'unknown' });
    expect(nextLapse(bookOf(claims, lapsed))).toBeNull();
    expect(stateAfter(claims, '2023-01-20', stale)).toMatchObject({
      status: 'blocked',
      confidence: 'moderate',
      stale: true,
    });
    expect(stateAfter(claims, '2023-01-20', lapsed)).toMatchObject({
      status: 'unknown',
      since: '2023-01-12',
      likelihood: null,
    });
    expect(stateAfter(claims, '2022-12-20', lapsed)).toMatchObject({ status: 'blocked', confidence: 'high' });
  });

  it('a flow that is shut but for exceptions is shut again when nobody was seen to pass for six weeks', () => {
    const convoy = told('passed', { flows: cargo, on: '2022-12-20' });
    const shut = [claim(), convoy];
    const next = claim({ on: '2023-03-01', ...paper('Post') });
    const cargoOn = (day: string, claims: readonly StatusClaim[], clock: string | null = null) =>
      stateAfter(claims, day, { clock }).flows.aid_cargo.status;
    expect(cargoOn('2023-01-31', [...shut, next])).toBe('restricted');
    expect(cargoOn('2023-02-01', [...shut, next])).toBe('blocked');
    const resumed = told('opened', { flows: cargo, on: '2022-12-20', ...paper('Herald') });
    expect(cargoOn('2023-02-01', [claim(), resumed, next])).toBe('restricted');
    // Of the time after the last evidence a recorded event must tell that it has passed.
    const patient = { corridor: { ...corridor, freshnessDays: { contested: 3, stable: 60 } } };
    const ahead = bookOf(shut, patient);
    expect(stateOn(ahead, '2023-02-01').flows.aid_cargo.status).toBe('restricted');
    expect(nextLapse(ahead)).toMatchObject({ day: '2023-02-01', becomes: 'exception_over' });
    const reached = bookOf(shut, { ...patient, clock: '2023-02-01' });
    expect(stateOn(reached, '2023-02-01').flows.aid_cargo.status).toBe('blocked');
  });

  it('news that comes later fills the silence', () => {
    const later = claim({ on: '2023-03-01' });
    const days = daysOf(turnsOf(bookOf([...claims, later], { clock: '2023-01-12' })), {
      from: '2022-12-14',
      to: '2023-03-01',
    });
    expect(new Set(days.map(({ status }) => status))).toEqual(new Set(['blocked']));
  });
});

import { type Flow, type PublisherGrade, type Reliability } from '#events';
import {
  addClaims,
  type BookSettings,
  daysOf,
  decisionOn,
  emptyBook,
  explanationOf,
  nextLapse,
  stateOn,
  stateWith,
  turnsOf,
} from './index.ts';
import { claim, corridor, icrc, settings } from './status.fixture.ts';
import { type Assessment, type StatusClaim } from './status.ts';

const bookOf = (claims: readonly StatusClaim[], given: Partial<BookSettings> = {}) =>
  addClaims(emptyBook({ ...settings, ...given }), claims);
const stateAfter = (claims: readonly StatusClaim[], day = '2022-12-31', given: Partial<BookSettings> = {}) =>
  stateOn(bookOf(claims, given), day);
const statusesAfter = (claims: readonly StatusClaim[], day = '2022-12-31') => {
  const { status, flows } = stateAfter(claims, day);
  const { civilians, aid_cargo, medical_evacuation, peacekeepers } = flows;
  return {
    status,
    civilians: civilians.status,
    aid_cargo: aid_cargo.status,
    medical_evacuation: medical_evacuation.status,
    peacekeepers: peacekeepers.status,
  };
};

const grade = (reliability: Reliability): PublisherGrade => ({ reliability, kind: 'news', country: null });
const gradeC = grade('C');
const france = { speaker: 'France' } satisfies Partial<StatusClaim>;
const paper = (publisher: string) => ({ publisher, speaker: publisher });

/** A told event: someone passed, was turned back, closed or opened the way. */
function told(
  effect: NonNullable<StatusClaim['effect']>,
  said: Parameters<typeof claim>[0] = {},
): StatusClaim {
  return claim({ type: 'incident', status: null, effect, ...said });
}
const patients: Flow[] = ['medical_evacuation'];
const cargo: Flow[] = ['aid_cargo'];

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

describe('rule 9: announced, conditional and future claims never change status', () => {
  it.each(['future', 'conditional'] as const)('%s', (modality) => {
    const claims = [claim({ modality }), told('closed', { modality })];
    expect(stateAfter(claims)).toMatchObject({ status: 'open', evidence: [], lastEvidenceOn: null });
  });

  it.each(['demand', 'condemnation', 'commitment', 'engagement', 'impact', 'incident'] as const)(
    'neither does a %s by itself',
    (type) => {
      expect(stateAfter([claim({ type, status: null })]).status).toBe('open');
    },
  );
});

describe('rule 10: a demand to reopen presupposes closure: weak support for blocked, never corroboration', () => {
  const demanded = claim({ presupposed: true, ...france, grade: gradeC });
  const again = claim({ presupposed: true, publisher: 'Post', speaker: 'Germany', grade: gradeC });

  it('is weak support for blocked', () => {
    expect(stateAfter([demanded])).toMatchObject({ status: 'blocked', provisional: true });
    expect(stateAfter([demanded, claim({ status: 'restricted', ...paper('Herald') })]).status).toBe(
      'restricted',
    );
  });

  it('does not turn "restricted" into "blocked"', () => {
    const restricted = claim({ ...icrc, status: 'restricted', on: '2022-12-10' });
    const words = { ...demanded, publishedAt: '2023-01-20T08:00:00Z' };
    expect(stateAfter([restricted, words], '2023-02-01').status).toBe('restricted');
  });

  it('is never corroboration', () => {
    expect(stateAfter([demanded, again]).confidence).toBe('moderate');
  });
});

describe('rule 11: legal orders change obligations, not status; their findings of fact are strong evidence for the past', () => {
  const court = { speaker: 'International Court of Justice', publisher: 'Evening Courier' };

  it('an order is a demand', () => {
    expect(stateAfter([claim({ type: 'demand', status: null, ...court })]).status).toBe('open');
  });

  it('a finding about the past outweighs a newspaper of that day', () => {
    const found = claim({ on: '2023-02-22', validFrom: '2022-12-14', status: 'restricted', ...court });
    expect(stateAfter([claim(), found], '2022-12-14').evidence[0]).toMatchObject({
      speaker: 'International Court of Justice',
      rules: ['11', '2'],
    });
  });
});

describe('rule 12: a constraint beyond the corridor is not its closure', () => {
  it("one agency's pause, and what happens beyond the gate, change nothing", () => {
    const pause = claim({ type: 'incident', status: null, flows: cargo, actor: 'UNRWA' });
    const looting = claim({ type: 'incident', status: null, flows: cargo });
    const shortage = claim({ type: 'impact', status: null });
    expect(stateAfter([pause, looting, shortage])).toMatchObject({ status: 'open', lastEvidenceOn: null });
  });
});

describe('rule 14: persons and cargo split by flow', () => {
  it('closed for the one and open for the other can both be true', () => {
    const persons = claim({ flows: ['civilians'] });
    const trucks = told('passed', { flows: cargo, ...paper('Herald') });
    expect(statusesAfter([claim({ on: '2022-12-13' }), persons, trucks])).toMatchObject({
      civilians: 'blocked',
      aid_cargo: 'restricted',
      status: 'restricted',
    });
    expect(stateAfter([persons, trucks]).disputed).toBe(false);
  });

  it('the headline is that of the primary traffic', () => {
    const trucks = told('passed', { flows: ['peacekeepers'], on: '2022-12-15' });
    expect(statusesAfter([claim(), trucks])).toMatchObject({ status: 'blocked', peacekeepers: 'restricted' });
    const cargoOnly = { corridor: { ...corridor, primaryFlows: cargo } };
    expect(stateAfter([claim({ flows: ['civilians'] })], '2022-12-31', cargoOnly).status).toBe('open');
  });

  it('words about the whole weigh half on a flow that has evidence of its own', () => {
    const own = claim({ status: 'open', flows: cargo, ...paper('Herald'), grade: grade('D') });
    expect(statusesAfter([claim(icrc), own])).toMatchObject({ aid_cargo: 'blocked', civilians: 'blocked' });
    expect(statusesAfter([claim(), own])).toMatchObject({ aid_cargo: 'open', civilians: 'blocked' });
  });
});

describe('rule 14: "restricted", said of the whole, does not say that anything passes of a flow that is shut', () => {
  const passed = told('passed', { flows: patients, on: '2022-12-16' });
  const disrupted = claim({ status: 'restricted', on: '2022-12-20', ...paper('Post') });

  it('it is borne out by those that pass', () => {
    expect(statusesAfter([claim(), passed, disrupted])).toMatchObject({
      status: 'restricted',
      civilians: 'blocked',
    });
    expect(statusesAfter([claim(), disrupted]).status).toBe('blocked');
    expect(statusesAfter([disrupted]).civilians).toBe('restricted');
  });

  it('a new check makes what was open restricted, and opens nothing that was blocked', () => {
    const checkpoint = told('restricted', { on: '2022-12-20', ...paper('Post') });
    expect(statusesAfter([checkpoint]).civilians).toBe('restricted');
    expect(statusesAfter([claim(), checkpoint]).civilians).toBe('blocked');
  });

  it('an easing does', () => {
    const eased = claim({ status: 'restricted', effect: 'opened', on: '2022-12-20', ...paper('Post') });
    expect(statusesAfter([claim(), passed, eased]).civilians).toBe('restricted');
  });
});

describe('rule 15: running day counts repeat a premise; a measured count for the same days beats them', () => {
  it('"for the 43rd day" is a word, and counted passages refute it', () => {
    const running = ['Post', 'Times'].map((name) =>
      claim({
        on: '2022-12-20',
        presupposed: true,
        quote: `Shut for the 43rd day (${name}).`,
        ...paper(name),
      }),
    );
    const counted = told('passed', { on: '2022-12-20', flows: ['civilians'] });
    expect(statusesAfter([claim(), ...running]).civilians).toBe('blocked');
    expect(statusesAfter([claim(), ...running, counted]).civilians).toBe('restricted');
  });
});

describe('rule 16: when the best items conflict and neither yields, the earlier status stays, with low confidence, disputed, and both are shown', () => {
  const shut = claim({ on: '2022-12-20', ...paper('Post') });
  const open = claim({ on: '2022-12-20', status: 'open', ...paper('Herald') });

  it('keeps the earlier status', () => {
    expect(stateAfter([claim(), open, shut])).toMatchObject({
      status: 'blocked',
      since: '2022-12-14',
      confidence: 'low',
      disputed: true,
      disputedBy: ['Herald'],
    });
    expect(stateAfter([open, shut])).toMatchObject({
      status: 'open',
      confidence: 'low',
      disputedBy: ['Post'],
    });
  });

  it('shows both sides, the heaviest first', () => {
    const denial = claim({ type: 'denial', status: 'open', speaker: 'Azerbaijan' });
    const { evidence } = stateAfter([denial, claim({ presupposed: true }), claim(icrc)]);
    expect(evidence.map(({ stance, speaker }) => [stance, speaker])).toEqual([
      ['for', 'ICRC'],
      ['for', 'Evening Courier'],
      ['against', 'Azerbaijan'],
    ]);
    expect(evidence[0]?.weight).toBe(100);
  });

  it('shows at most twenty for and twenty against', () => {
    const many = Array.from({ length: 200 }, (_, at) =>
      claim({ ...paper(`Paper ${at}`), status: at % 4 === 0 ? 'open' : 'blocked', on: `2022-12-1${at % 9}` }),
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

  it('who said otherwise before the status turned, or comes round later, is no disputer', () => {
    const reopened = claim({ ...icrc, on: '2022-12-16', status: 'open' });
    expect(stateAfter([claim(), reopened])).toMatchObject({ status: 'open', disputed: false });
    const denial = claim({ type: 'denial', status: 'open', speaker: 'Azerbaijan' });
    const admits = claim({ on: '2022-12-18', speaker: 'Azerbaijan', actor: 'Azerbaijan' });
    expect(stateAfter([claim(), denial, admits]).disputed).toBe(false);
  });
});

describe("rule 16: a person's decision wins until contrary evidence of a later day", () => {
  const assessment: Assessment = {
    assessmentId: 'a',
    validFrom: '2022-12-16',
    status: 'restricted',
    flows: { civilians: 'blocked' },
    position: 7,
  };
  const assessed = { assessments: [assessment] };

  it('wins over the evidence of its day and of the days before', () => {
    const claims = [claim(icrc), claim({ ...icrc, on: '2022-12-16' })];
    expect(stateAfter(claims, '2022-12-15', assessed).status).toBe('blocked');
    expect(stateAfter(claims, '2022-12-31', assessed)).toMatchObject({
      status: 'restricted',
      since: '2022-12-16',
      flows: { civilians: { status: 'blocked' }, aid_cargo: { status: 'restricted' } },
    });
  });

  it('goes on with concurring evidence, and yields to contrary evidence of a later day', () => {
    const concurring = claim({ on: '2022-12-18', status: 'restricted' });
    expect(stateAfter([claim(), concurring], '2022-12-31', assessed).since).toBe('2022-12-16');
    const closed = told('closed', { on: '2022-12-18' });
    expect(stateAfter([claim(), closed], '2022-12-31', assessed).status).toBe('blocked');
  });

  it('of two for one day the later recorded holds', () => {
    const second: Assessment = { ...assessment, assessmentId: 'b', status: 'open', flows: {}, position: 9 };
    for (const assessments of [
      [assessment, second],
      [second, assessment],
    ])
      expect(stateAfter([claim()], '2022-12-31', { assessments }).status).toBe('open');
  });
});

describe('rule 17: re-grading a source re-derives', () => {
  it('weighs its claims by the grade that holds, whatever it was when they were coded', () => {
    const claims = [claim({ grade: grade('E') }), claim({ ...paper('Post'), status: 'open', grade: gradeC })];
    expect(stateAfter(claims).status).toBe('open');
    const grades = new Map([['Evening Courier', grade('A')]]);
    expect(stateAfter(claims, '2022-12-31', { grades }).status).toBe('blocked');
  });
});

describe('recency and ties', () => {
  it('later evidence outweighs older, and the older fades away in a fortnight', () => {
    const papers = ['Post', 'Times', 'Herald'].map((name) => claim(paper(name)));
    const turned = [...papers, claim({ ...icrc, on: '2022-12-17', status: 'open' })];
    expect(stateAfter(turned, '2022-12-16').status).toBe('blocked');
    expect(stateAfter(turned, '2022-12-17').status).toBe('open');
    const quiet = stateAfter([...papers, claim({ status: 'open', on: '2022-12-28', ...france })]);
    expect(quiet.evidence).toHaveLength(1);
  });

  it('a told act puts an end to what many said before it', () => {
    const loud = ['A', 'B', 'C', 'D', 'E'].map((name) => claim({ ...paper(name), grade: grade('A') }));
    const reopened = told('opened', { on: '2022-12-15' });
    expect(stateAfter([...loud, claim({ on: '2022-12-15', status: 'open' })]).status).toBe('blocked');
    expect(stateAfter([...loud, reopened]).status).toBe('open');
  });

  it('from an unknown state a tie takes the more severe', () => {
    const unwatched = { corridor: { ...corridor, baseline: null } };
    const claims = [claim({ status: 'restricted', ...paper('Post') }), claim()];
    expect(stateAfter(claims, '2022-12-31', unwatched).status).toBe('blocked');
  });
});

describe('before the first evidence', () => {
  const unwatched = { corridor: { ...corridor, baseline: null } };

  it('the baseline holds, and nothing is known before it', () => {
    expect(stateAfter([], '2022-01-01')).toMatchObject({ status: 'open', since: '2020-11-10', evidence: [] });
    expect(stateAfter([], '2019-01-01')).toMatchObject({ status: 'unknown', since: null });
    expect(stateAfter([], '2022-01-01', unwatched).status).toBe('unknown');
  });

  it('without a baseline a told closing presupposes that it was open, for the freshness limit', () => {
    const claims = [told('closed', { on: '2022-12-14' })];
    expect(stateAfter(claims, '2022-12-13', unwatched)).toMatchObject({
      status: 'open',
      provisional: true,
      confidence: 'low',
    });
    expect(stateAfter(claims, '2022-11-29', unwatched).status).toBe('unknown');
  });

  it('a state that is said stood before it was said, for the freshness limit', () => {
    expect(stateAfter([claim()], '2022-12-13', unwatched)).toMatchObject({
      status: 'blocked',
      provisional: true,
      confidence: 'low',
    });
    expect(stateAfter([claim()], '2022-11-29', unwatched).status).toBe('unknown');
    expect(stateAfter([claim({ speaker: 'Armenia' })], '2022-12-13', unwatched).status).toBe('unknown');
  });
});

describe('an explanation', () => {
  const denial = claim({ type: 'denial', status: 'open', speaker: 'Azerbaijan', quote: 'It is not closed.' });
  const reprint = claim({ ...paper('Post'), cluster: 'one' });
  const claims = [claim({ ...paper('Courier'), cluster: 'one' }), reprint, denial];
  const book = bookOf([...claims, told('passed', { flows: patients })]);
  const words = (of: Flow | null = null) =>
    explanationOf(
      stateWith(decisionOn(turnsOf(book), '2022-12-20'), book, '2022-12-20', of),
      '2022-12-20',
      settings,
      of,
    );

  it('tells the verdict, the flows, each sentence with its weight and rule, and the dispute', () => {
    const told = words().join('\n');
    expect(told).toMatch(/^On 2022-12-20 the status of the corridor is restricted since 2022-12-14/);
    expect(told).toMatch(
      /civilians blocked, commercial blocked, aid cargo blocked, medical evacuation restricted/,
    );
    expect(told).toMatch(/Against: Azerbaijan, through Evening Courier on 2022-12-14: “It is not closed.”/);
    expect(told).toMatch(/not counted, since the same source is \(rule 5\)/);
    expect(told).toMatch(/Azerbaijan say otherwise/);
  });

  it('speaks of one flow when asked', () => {
    expect(words('aid_cargo')[0]).toMatch(/the status of aid cargo is blocked/);
  });

  it('says that nothing is known where nothing is', () => {
    const state = stateOn(
      emptyBook({ ...settings, corridor: { ...corridor, baseline: null } }),
      '2022-12-20',
    );
    expect(explanationOf(state, '2022-12-20', settings)[0]).toMatch(/unknown: there is no report/);
  });
});

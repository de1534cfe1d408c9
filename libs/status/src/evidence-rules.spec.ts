import { eventContracts } from '#events';
import {
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
import { type Assessment } from './status.ts';

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

describe('rule 13: a claim without a tie to one corridor is not used', () => {
  it('no event can bring one', () => {
    const tie = eventContracts.StatementCoded.schema.shape.corridor;
    expect(tie.safeParse(null).success).toBe(false);
    expect(tie.safeParse('lachin-corridor').success).toBe(true);
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

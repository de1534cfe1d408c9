import { type Flow } from '#events';
import { decisionOn, emptyBook, explanationOf, stateOn, stateWith, turnsOf } from './index.ts';
import { bookOf, stateAfter, grade, france, paper, told, patients } from './status-rules.fixture.ts';
import { claim, corridor, icrc, settings } from './status.fixture.ts';

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

import fc from 'fast-check';
import { type Claim } from '#events';
import {
  added,
  claim,
  codedAs,
  context,
  received,
  retracted,
  reviewed,
  statementId,
  superseded,
} from '../claims/claims.fixture.ts';
import { statementRecordOf } from '../claims/statement-record.ts';
import { recodingDecider, type RecodeStatement } from './recoding.decider.ts';

type StreamEvents = Parameters<typeof statementRecordOf>[0];

const coderData = '2'.repeat(64);
const idOf = (number: number) => `5f0c5a0e-7c1d-4b8e-9d57-0a2b6a1f0d${String(number).padStart(2, '0')}`;

function finding(claims: readonly Claim[], corridor = 'heron-pass'): RecodeStatement {
  return {
    statementId,
    gradeOf: () => null,
    code: () => ({
      coder: 'rules/2',
      coderData,
      claims: new Map(claims.length === 0 ? [] : [[corridor, claims]]),
    }),
    corridor: null,
  };
}

function decide(history: StreamEvents, command: RecodeStatement) {
  return recodingDecider.decide(command, statementRecordOf(history));
}

/** As the first coder found it, under an id that later coders do not give. */
const old = claim({ claimId: idOf(1) });
const same = claim({ claimId: idOf(2), coder: 'rules/2', rule: 'another rule' });
const restricted = claim({ claimId: idOf(3), status: 'restricted', coder: 'rules/2' });

const recoded = (...claims: readonly Claim[]) => {
  const event = codedAs('heron-pass', ...claims);
  return { ...event, payload: { ...event.payload, coder: 'rules/2', coderData } };
};
const carried = (judged: Claim) => {
  const event = reviewed('reject', judged);
  return { ...event, payload: { ...event.payload, carriedFrom: old.claimId } };
};

it('appends nothing where the coder says the same, by whatever rule and under whatever id', () => {
  expect(decide([received, codedAs('heron-pass', old)], finding([same]))).toEqual([]);
  expect(decide([received], finding([]))).toEqual([]);
});

it('codes anew what is told otherwise, was missed, or is not there', () => {
  const history = [received, codedAs('heron-pass', old)];
  expect(decide(history, finding([restricted]))).toEqual([recoded(restricted)]);
  expect(decide(history, finding([{ ...same, confidence: 0.2 }]))).toEqual([
    recoded({ ...same, confidence: 0.2 }),
  ]);
  expect(decide([received], finding([same]))).toEqual([recoded(same)]);
  expect(decide(history, finding([]))).toEqual([recoded()]);
});

it('finds corridors that were registered after the statement came', () => {
  const found = finding([same], 'crane-pass');
  const events = decide([received, codedAs('heron-pass', old)], found);
  expect(events.map(({ payload }) => payload.corridor)).toEqual(['crane-pass', 'heron-pass']);
  const crane = decide([received, codedAs('heron-pass', old)], { ...found, corridor: 'crane-pass' });
  expect(crane.map(({ payload }) => payload.corridor)).toEqual(['crane-pass']);
});

it.each([
  ['was retracted', [received, codedAs('heron-pass', old), retracted]],
  ['was superseded', [received, codedAs('heron-pass', old), superseded]],
  ['is not known', []],
])('leaves a statement alone that %s', (_what, history) => {
  expect(decide(history, finding([restricted]))).toEqual([]);
});

it.each(['confirm', 'amend'] as const)(
  'lets stand what a person could %s, and leaves the coder’s out',
  (decision) => {
    const history = [received, codedAs('heron-pass', old), reviewed(decision, old)];
    const impact = claim({ claimId: idOf(4), type: 'impact', status: null });
    expect(decide(history, finding([restricted, impact]))).toEqual([recoded(impact)]);
    // With an id of its own for the same, too.
    expect(decide(history, finding([same, impact]))).toEqual([recoded(impact)]);
  },
);

it('codes another speaker of the sentence although a person has judged the first', () => {
  const other = claim({ claimId: idOf(5), speaker: 'Southmark' });
  const otherNow = claim({ claimId: idOf(6), speaker: 'Southmark', confidence: 0.9 });
  const history = [received, codedAs('heron-pass', old, other), reviewed('confirm', old)];
  expect(decide(history, finding([same, otherNow]))).toEqual([recoded(otherNow)]);
});

it('rejects again what a person found wrong, under the id that it has now', () => {
  const history = [received, codedAs('heron-pass', old), reviewed('reject', old)];
  const impact = claim({ claimId: idOf(4), type: 'impact', status: null });
  expect(decide(history, finding([same, impact]))).toEqual([recoded(same, impact), carried(same)]);
});

it('asks a person anew where the coder now says otherwise than what was found wrong', () => {
  const history = [received, codedAs('heron-pass', old), reviewed('reject', old)];
  expect(decide(history, finding([restricted]))).toEqual([recoded(restricted)]);
});

it('names a judged claim of the same id again, and decides nothing about it', () => {
  const impact = claim({ claimId: idOf(4), type: 'impact', status: null });
  for (const decision of ['confirm', 'reject'] as const) {
    const history = [received, codedAs('heron-pass', same), reviewed(decision, same)];
    expect(decide(history, finding([same, impact]))).toEqual([recoded(same, impact)]);
  }
});

it('keeps the context that the statement was coded with', () => {
  const grade = { reliability: 'B', kind: 'news', country: null } as const;
  const first = codedAs('heron-pass', old);
  const history = [received, { ...first, payload: { ...first.payload, grade } }];
  const command = { ...finding([restricted]), gradeOf: () => null };
  expect(decide(history, command)[0]?.payload).toMatchObject({ ...context, grade });
});

const anyClaim = fc
  .record({
    number: fc.integer({ min: 10, max: 14 }),
    type: fc.constantFrom('status', 'denial'),
    status: fc.constantFrom('open', 'blocked'),
    speaker: fc.constantFrom('Northmark', 'Southmark'),
    start: fc.constantFrom(0, 5),
  })
  .map(({ number, ...said }) => claim({ claimId: idOf(number), ...said }));
const anyClaims = fc.uniqueArray(anyClaim, { maxLength: 4, selector: ({ claimId }) => claimId });
const anyEvents = fc.array(
  fc.oneof(
    anyClaims.map((claims) => codedAs('heron-pass', ...claims)),
    fc
      .tuple(fc.constantFrom('confirm', 'reject', 'amend'), anyClaim)
      .map(([decision, judged]) => reviewed(decision, judged)),
    anyClaim.map((found) => added(found)),
  ),
  { maxLength: 6 },
);

it('appends nothing a second time, and never touches what a person has decided', () => {
  fc.assert(
    fc.property(anyEvents, anyClaims, (events, found) => {
      const history = [received, ...events];
      const command = finding(found);
      const once = decide(history, command);
      expect(decide([...history, ...once], command)).toEqual([]);

      const judged = (stream: StreamEvents) =>
        [...(statementRecordOf(stream).corridors.get('heron-pass')?.records.values() ?? [])].filter(
          ({ review }) => review !== 'pending',
        );
      const before = judged(history);
      expect(judged([...history, ...once])).toEqual(expect.arrayContaining(before));
    }),
    { numRuns: 2_000 },
  );
});

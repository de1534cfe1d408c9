import { specificationOf } from '../command-handling/given-when-then.fixture.ts';
import {
  assessmentDecider,
  type AssessmentEvent,
  type AssessStatus,
  type WithdrawAssessment,
} from './assessment.decider.ts';

const given = specificationOf(assessmentDecider);
const assessmentId = '5b0e6a52-3a41-4a8e-9a35-0d6f1c6b7f10';
const known = '6b0e6a52-3a41-4a8e-9a35-0d6f1c6b7f11';
const elsewhere = '7b0e6a52-3a41-4a8e-9a35-0d6f1c6b7f12';
const missing = '8b0e6a52-3a41-4a8e-9a35-0d6f1c6b7f13';

function assess(more: Partial<AssessStatus['assessment']> = {}): AssessStatus {
  return {
    kind: 'assess',
    assessment: {
      assessmentId,
      corridor: 'heron-pass',
      validFrom: '2023-01-20',
      status: 'restricted',
      flows: { civilians: 'blocked' },
      reason: 'Our driver saw the gate open for the sick alone.',
      evidence: { claims: [known], urls: [] },
      assessor: 'Access desk',
      ...more,
    },
    baseline: { status: 'open', since: '2020-11-10' },
    today: '2023-01-21',
    claims: new Map([
      [known, 'heron-pass'],
      [elsewhere, 'valley-road'],
    ]),
  };
}

function from(validFrom: string): AssessStatus {
  return assess({ validFrom });
}

function by(...claims: readonly string[]): AssessStatus {
  return assess({ evidence: { claims: [...claims], urls: [] } });
}

const { assessment } = assess();
const assessed: AssessmentEvent = { type: 'StatusAssessed', payload: assessment };
const withdraw: WithdrawAssessment = {
  kind: 'withdraw',
  assessmentId,
  reason: 'It was another gate.',
  assessor: 'Second desk',
};
const withdrawn: AssessmentEvent = {
  type: 'AssessmentWithdrawn',
  payload: {
    assessmentId,
    corridor: 'heron-pass',
    reason: 'It was another gate.',
    assessor: 'Second desk',
  },
};

it('records what a person judges', () => {
  given().when(assess()).then(assessed);
});

it('records it once when the answer was lost and it is sent again', () => {
  given(assessed).when(assess()).thenNothing();
});

it('takes the days from the baseline until today', () => {
  given()
    .when(from('2020-11-10'))
    .then({ type: 'StatusAssessed', payload: { ...assessment, validFrom: '2020-11-10' } });
  given()
    .when(from('2023-01-21'))
    .then({ type: 'StatusAssessed', payload: { ...assessment, validFrom: '2023-01-21' } });
});

it('takes any past day where the corridor has no baseline', () => {
  given()
    .when({ ...from('1990-01-01'), baseline: null })
    .then({ type: 'StatusAssessed', payload: { ...assessment, validFrom: '1990-01-01' } });
});

it('refuses a day that has not come at the corridor', () => {
  given().when(from('2023-01-22')).thenRefused('invalid_assessment');
});

it('refuses a day before the baseline', () => {
  given().when(from('2020-11-09')).thenRefused('invalid_assessment');
});

it('refuses claims that we do not hold, and those about another corridor, each by its place', () => {
  given().when(by(missing)).thenRefused('unknown_evidence');
  const refuse = () => assessmentDecider.decide(by(known, missing, elsewhere), { phase: 'unknown' });
  expect(refuse).toThrow(
    expect.objectContaining({
      errors: [
        { pointer: '/evidence/claims/1', message: 'is no claim that we hold' },
        { pointer: '/evidence/claims/2', message: 'is a claim about "valley-road"' },
      ],
    }) as Error,
  );
});

it('withdraws one that stands', () => {
  given(assessed).when(withdraw).then(withdrawn);
});

it('withdraws one once', () => {
  given(assessed, withdrawn)
    .when({ ...withdraw, reason: 'Twice is safer.' })
    .thenNothing();
});

it('cannot withdraw what was never assessed', () => {
  given().when(withdraw).thenRefused('unknown_assessment');
});

import { ratesBy, scoreCoding, scoreFolds } from './coding.scorer.ts';
import { goldClaim, goldStatement, predicted, sentences } from './gold.fixture.ts';
import { falseAlarmsOf, missesOf } from './mistakes.ts';
import { scoreStatement } from './statement.scorer.ts';

const shut = goldClaim({ speakerName: 'Jane Doe', flows: ['civilians'], effect: null, actor: null });
const demand = goldClaim({
  sentence: sentences.second,
  type: 'demand',
  status: null,
  validFrom: '2023-01-20',
});
const rafah = { corridor: 'rafah-crossing' };

/** By hand: 4 gold claims, 4 found, of which 3 match; one is right in all, one says "open" and one another day. */
const scored = [
  scoreStatement(goldStatement([shut, demand], 'one'), [
    predicted(shut, { status: 'open', effect: 'opened' }),
    predicted(demand, { validFrom: null, modality: 'future' }),
    predicted(shut, { type: 'impact', status: null }),
  ]),
  scoreStatement(goldStatement([shut, goldClaim(rafah)], 'two'), [predicted(shut, { speakerName: null })]),
];

it('gives the figures that one computes by hand', () => {
  const score = scoreCoding(scored);
  expect(score.micro).toEqual({ gold: 4, predicted: 4, matched: 3, precision: 0.75, recall: 0.75, f1: 0.75 });
  expect(score.types.status).toMatchObject({
    gold: 3,
    predicted: 2,
    matched: 2,
    precision: 1,
    recall: 2 / 3,
  });
  expect(score.types.status.f1).toBeCloseTo(0.8);
  expect(score.types.demand.f1).toBe(1);
  expect(score.types.impact).toMatchObject({ gold: 0, predicted: 1, matched: 0, f1: 0 });
  // Types without gold are no part of the mean.
  expect(score.macroF1).toBeCloseTo(0.9);
  expect(score.onMatched).toEqual({
    speaker: { right: 3, of: 3, accuracy: 1 },
    status: { right: 1, of: 2, accuracy: 0.5 },
    validFrom: { right: 2, of: 3, accuracy: 2 / 3 },
    validFromWhereDated: { right: 0, of: 1, accuracy: 0 },
    modality: { right: 2, of: 3, accuracy: 2 / 3 },
    speakerName: { right: 1, of: 2, accuracy: 0.5 },
    flows: { right: 2, of: 2, accuracy: 1 },
    effect: { right: 1, of: 2, accuracy: 0.5 },
    actor: { right: 2, of: 2, accuracy: 1 },
  });
  expect(score.whole).toMatchObject({ matched: 2, precision: 0.5, recall: 0.5 });
  expect(score.sentences).toMatchObject({ gold: 3, predicted: 3, matched: 3 });
  expect(score.sentencesWithCorridor).toMatchObject({ gold: 4, predicted: 3, matched: 3 });
  expect(score.spans).toEqual({ meanPredOverGold: 1, oversize: 0 });
});

it('has the same interval each time, around the score', () => {
  const [low, high] = scoreCoding(scored).microF1Interval95 ?? [1, 0];
  expect([low, high]).toEqual(scoreCoding(scored).microF1Interval95);
  // Drawing two of the two: both the first (0.8), both the second (0.667), or one of each (0.75).
  expect(low).toBeCloseTo(2 / 3);
  expect(high).toBeCloseTo(0.8);
  expect(scoreCoding(scored.slice(0, 1)).microF1Interval95).toBeNull();
});

it('lists misses and false alarms with their sentences', () => {
  expect(missesOf(scored)).toEqual([
    { id: 'two', type: 'status', corridor: 'rafah-crossing', speaker: 'France', text: sentences.first },
  ]);
  expect(falseAlarmsOf(scored)).toEqual([
    { id: 'one', type: 'impact', corridor: 'lachin-corridor', speaker: 'France', text: sentences.first },
  ]);
});

it('cuts the figures by corridor, by statement and by fold', () => {
  expect(ratesBy(scored, 'corridor')).toMatchObject({
    'lachin-corridor': { gold: 3, predicted: 4, matched: 3 },
    'rafah-crossing': { gold: 1, predicted: 0, matched: 0 },
  });
  expect(ratesBy(scored, 'doc')).toMatchObject({ one: { matched: 2 }, two: { matched: 1 } });
  expect(scoreFolds(scored, 2)).toMatchObject([{ predicted: 3 }, { predicted: 1 }]);
});

it('scores nothing as nothing', () => {
  expect(scoreCoding([]).micro).toMatchObject({ precision: 0, recall: 0, f1: 0 });
});

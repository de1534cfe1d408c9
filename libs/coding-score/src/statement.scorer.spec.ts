import { goldClaim, goldStatement, predicted, sentences } from './gold.fixture.ts';
import { type GoldClaim } from './gold.reader.ts';
import { type PredictedClaim, scoreStatement } from './statement.scorer.ts';

const shut = goldClaim();

function pairsOf(gold: readonly GoldClaim[], found: readonly PredictedClaim[]) {
  return scoreStatement(goldStatement(gold), found).pairs.map((pair) => pair.predicted);
}

it('matches a claim of the same corridor and type that covers half of the sentence', () => {
  const half = Math.ceil(sentences.first.length / 2);
  const enough = predicted(shut, { end: half });
  expect(pairsOf([shut], [enough])).toEqual([enough]);
  expect(pairsOf([shut], [predicted(shut, { end: half - 1 })])).toEqual([]);
  expect(pairsOf([shut], [predicted(shut, { type: 'denial' })])).toEqual([]);
  expect(pairsOf([shut], [predicted(shut, { corridor: 'rafah-crossing' })])).toEqual([]);
});

it('matches each claim once, the best span first', () => {
  const wide = predicted(shut, { end: sentences.first.length + sentences.second.length });
  const exact = predicted(shut);
  expect(pairsOf([shut], [wide, exact])).toEqual([exact]);
});

it('settles a joint statement by the speaker', () => {
  const gold = [shut, goldClaim({ speaker: 'United States' })];
  const found = [predicted(shut, { speaker: 'the U.S.' }), predicted(shut)];
  const { pairs } = scoreStatement(goldStatement(gold), found);
  expect(pairs.map((pair) => [pair.gold.speaker, pair.predicted.speaker])).toEqual([
    ['France', 'France'],
    ['United States', 'the U.S.'],
  ]);
});

it('counts sentences apart from what is claimed in them', () => {
  const demand = goldClaim({ type: 'demand', status: null });
  const other = predicted(shut, { type: 'impact', status: null, corridor: 'rafah-crossing' });
  const { sentences: found, sentencesWithCorridor } = scoreStatement(goldStatement([shut, demand]), [other]);
  expect(found).toEqual({ gold: 1, predicted: 1, matched: 1 });
  expect(sentencesWithCorridor).toEqual({ gold: 1, predicted: 1, matched: 0 });
});

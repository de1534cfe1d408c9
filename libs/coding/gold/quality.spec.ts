import { createReadStream } from 'node:fs';
import path from 'node:path';
import { type CodingScore, readGold, scoreCoding, scoreStatement } from '#coding-score';
import { type ClaimType } from '#events';
import { type CodableCorridor, rulesCoder } from '../src/index.ts';
import known from './corridors.json' with { type: 'json' };

const corridors: readonly CodableCorridor[] = known.map((corridor) => ({ ...corridor, names: {} }));

async function scoreOf(file: string): Promise<CodingScore> {
  const { statements, faults } = await readGold(file, createReadStream(path.join(import.meta.dirname, file)));
  expect(faults).toEqual([]);
  return scoreCoding(
    statements.map((gold) => {
      const { id: statementId, ...text } = gold;
      const claims = rulesCoder.code({ statementId, ...text }, corridors);
      return scoreStatement(gold, claims);
    }),
  );
}

// A few hundredths below what the rules reach, so that a rule may lose a claim for two others, and no more.
describe('on our own texts the coder finds', () => {
  let score: CodingScore;
  beforeAll(async () => {
    score = await scoreOf('own.ndjson');
  });

  it.each<[ClaimType, number]>([
    ['status', 0.72],
    ['denial', 0.68],
    ['demand', 0.77],
    ['condemnation', 0.79],
    ['engagement', 0.67],
    ['commitment', 0.73],
    ['incident', 0.75],
    ['impact', 0.76],
  ])('%s with an F1 of at least %f', (type, floor) => {
    expect(score.types[type].f1).toBeGreaterThanOrEqual(floor);
  });

  it('four claims out of five that are there', () => {
    expect(score.micro.precision).toBeGreaterThanOrEqual(0.8);
  });

  it.each([
    ['speaker', 0.68],
    ['status', 0.75],
    ['validFrom', 0.85],
  ] as const)('the right %s in a share of at least %f', (figure, floor) => {
    expect(score.onMatched[figure].accuracy).toBeGreaterThanOrEqual(floor);
  });
});

it.each([
  ['second.ndjson', 0.72],
  ['third.ndjson', 0.58],
])('finds claims in the words of another hand, which shuns stock phrases: %s', async (file, floor) => {
  const { micro } = await scoreOf(file);
  expect(micro.f1).toBeGreaterThanOrEqual(floor);
});

describe.each(['facts.ndjson', 'facts-unseen.ndjson'])('of notes on one fact each it finds (%s)', (file) => {
  let score: CodingScore;
  beforeAll(async () => {
    score = await scoreOf(file);
  });

  it('claims with an F1 of at least 0.78', () => {
    expect(score.micro.f1).toBeGreaterThanOrEqual(0.78);
  });

  it.each([
    ['speaker', 0.94],
    ['status', 0.82],
    ['flows', 0.76],
    ['effect', 0.74],
    ['actor', 0.84],
  ] as const)('the right %s in a share of at least %f', (figure, floor) => {
    expect(score.onMatched[figure].accuracy).toBeGreaterThanOrEqual(floor);
  });
});

import { type GoldClaim, type GoldStatement } from './gold.reader.ts';
import { type PredictedClaim } from './statement.scorer.ts';

export const body =
  'France said the Lachin corridor is blocked. It urged its reopening.\nAzerbaijan denied that the road is shut.';
const [first = '', second = ''] = body.split(/(?<=\.)\s/);
export const sentences = { first, second };

export function goldClaim(more: Partial<GoldClaim> = {}): GoldClaim {
  return {
    sentence: first,
    corridor: 'lachin-corridor',
    type: 'status',
    status: 'blocked',
    speaker: 'France',
    speakerName: null,
    modality: 'asserted',
    validFrom: null,
    ...more,
  };
}

export function goldStatement(claims: readonly GoldClaim[], id = 'one'): GoldStatement {
  return {
    id,
    publisher: 'Morning Post',
    publishedAt: '2023-01-20T00:00:00.000Z',
    title: null,
    language: 'en',
    about: [],
    body,
    claims: [...claims],
  };
}

/** The same claim as found by a coder, on the same sentence unless told otherwise. */
export function predicted(claim: GoldClaim, more: Partial<PredictedClaim> = {}): PredictedClaim {
  const { sentence, ...rest } = claim;
  const start = body.indexOf(sentence);
  const { flows = [], effect = null, actor = null } = claim;
  return { ...rest, flows, effect, actor, start, end: start + sentence.length, ...more };
}

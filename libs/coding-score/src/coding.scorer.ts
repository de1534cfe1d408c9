import { claimType, type ClaimType } from '#events';
import { type Accuracy, accuracyOf, type Counts, type Rates, ratesOf, sumOf } from './agreement.rates.ts';
import { microF1Interval } from './bootstrap.interval.ts';
import { isSameName } from './speaker.spelling.ts';
import { type ClaimPair, type ScoredStatement } from './statement.scorer.ts';

/** The figures of `corpus/score.mjs`, under the same names. */
export interface CodingScore {
  readonly documents: number;
  readonly micro: Rates;
  /** Null for a single statement, which says nothing of others. */
  readonly microF1Interval95: readonly [number, number] | null;
  /** Over the types that the gold has. */
  readonly macroF1: number;
  readonly types: Readonly<Record<ClaimType, Rates>>;
  readonly onMatched: {
    readonly speaker: Accuracy;
    readonly status: Accuracy;
    readonly validFrom: Accuracy;
    readonly validFromWhereDated: Accuracy;
    readonly modality: Accuracy;
    readonly speakerName: Accuracy;
    /** Of the claims whose gold tells of passage. */
    readonly flows: Accuracy;
    readonly effect: Accuracy;
    readonly actor: Accuracy;
  };
  /** Right in type, speaker and status. */
  readonly whole: Rates;
  readonly sentences: Rates;
  readonly sentencesWithCorridor: Rates;
  readonly spans: { readonly meanPredOverGold: number | null; readonly oversize: number };
  readonly warnings: readonly string[];
}

export function scoreCoding(statements: readonly ScoredStatement[]): CodingScore {
  const pairs = statements.flatMap(({ pairs: own }) => own);
  const types = Object.fromEntries(
    claimType.options.map((type) => [type, ratesWhere(statements, (claim) => claim.type === type)]),
  ) as Record<ClaimType, Rates>;
  const inGold = Object.values(types).filter(({ gold }) => gold > 0);
  const micro = ratesWhere(statements, () => true);
  return {
    documents: statements.length,
    micro,
    microF1Interval95: microF1Interval(statements.map(countsOf)),
    macroF1: mean(inGold.map(({ f1 }) => f1)) ?? 0,
    types,
    onMatched: accuraciesOf(pairs),
    whole: ratesOf({ ...micro, matched: pairs.filter(isWhollyRight).length }),
    sentences: ratesOf(sumOf(statements.map(({ sentences }) => sentences))),
    sentencesWithCorridor: ratesOf(
      sumOf(statements.map(({ sentencesWithCorridor }) => sentencesWithCorridor)),
    ),
    spans: spansOf(pairs),
    warnings: statements.flatMap(({ warnings }) => warnings),
  };
}

/** The rates for each corridor, or each statement. */
export function ratesBy(
  statements: readonly ScoredStatement[],
  by: 'corridor' | 'doc',
): Record<string, Rates> {
  if (by === 'doc')
    return Object.fromEntries(statements.map((scored) => [scored.id, ratesOf(countsOf(scored))]));
  const claims = statements.flatMap(({ gold, predicted }) => [...gold, ...predicted]);
  const corridors = [...new Set(claims.map(({ corridor }) => corridor))].sort();
  return Object.fromEntries(
    corridors.map((id) => [id, ratesWhere(statements, ({ corridor }) => corridor === id)]),
  );
}

/** The rates over each of `count` parts, dealt out in turn: how far the figures hang on the choice of texts. */
export function scoreFolds(statements: readonly ScoredStatement[], count: number): readonly Rates[] {
  return Array.from({ length: count }, (_, fold) =>
    ratesOf(sumOf(statements.filter((_statement, index) => index % count === fold).map(countsOf))),
  );
}

function countsOf({ gold, predicted, pairs }: ScoredStatement): Counts {
  return { gold: gold.length, predicted: predicted.length, matched: pairs.length };
}

function ratesWhere(
  statements: readonly ScoredStatement[],
  isMeant: (claim: { readonly type: ClaimType; readonly corridor: string }) => boolean,
): Rates {
  const counts = statements.map(({ gold, predicted, pairs }) => ({
    gold: gold.filter(isMeant).length,
    predicted: predicted.filter(isMeant).length,
    matched: pairs.filter(({ gold: claim }) => isMeant(claim)).length,
  }));
  return ratesOf(sumOf(counts));
}

function accuraciesOf(pairs: readonly ClaimPair[]): CodingScore['onMatched'] {
  const isDayRight = ({ gold, predicted }: ClaimPair) => gold.validFrom === predicted.validFrom;
  const withState = pairs.filter(({ gold }) => gold.status !== null);
  const dated = pairs.filter(({ gold }) => gold.validFrom !== null);
  const named = pairs.filter(({ gold }) => gold.speakerName !== null);
  return {
    speaker: accuracyOf(pairs, isSpeakerRight),
    status: accuracyOf(withState, isStatusRight),
    validFrom: accuracyOf(pairs, isDayRight),
    validFromWhereDated: accuracyOf(dated, isDayRight),
    modality: accuracyOf(pairs, ({ gold, predicted }) => gold.modality === predicted.modality),
    speakerName: accuracyOf(named, ({ gold, predicted }) =>
      isSameName(gold.speakerName, predicted.speakerName),
    ),
    flows: accuracyOf(
      pairs.filter(({ gold }) => gold.flows !== undefined),
      ({ gold, predicted }) => sorted(gold.flows) === sorted(predicted.flows),
    ),
    effect: accuracyOf(
      pairs.filter(({ gold }) => gold.effect !== undefined),
      ({ gold, predicted }) => gold.effect === predicted.effect,
    ),
    actor: accuracyOf(
      pairs.filter(({ gold }) => gold.actor !== undefined),
      ({ gold, predicted }) => gold.actor === predicted.actor,
    ),
  };
}

function sorted(flows: readonly string[] = []): string {
  return flows.toSorted().join();
}

function isSpeakerRight({ gold, predicted }: ClaimPair): boolean {
  return isSameName(gold.speaker, predicted.speaker);
}

function isStatusRight({ gold, predicted }: ClaimPair): boolean {
  return gold.status === predicted.status;
}

function isWhollyRight(pair: ClaimPair): boolean {
  return isSpeakerRight(pair) && isStatusRight(pair);
}

function spansOf(pairs: readonly ClaimPair[]): CodingScore['spans'] {
  const ratios = pairs.map(
    ({ gold, predicted }) => (predicted.end - predicted.start) / (gold.end - gold.start),
  );
  return { meanPredOverGold: mean(ratios), oversize: ratios.filter((ratio) => ratio > 2).length };
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

import { type Claim } from '#events';
import { type Counts } from './agreement.rates.ts';
import { placeClaims, type PlacedClaim, type Span } from './gold.places.ts';
import { type GoldStatement } from './gold.reader.ts';
import { pairSpans } from './span.pairing.ts';
import { isSameName } from './speaker.spelling.ts';

export interface PredictedClaim extends Pick<
  Claim,
  | 'type'
  | 'status'
  | 'flows'
  | 'effect'
  | 'actor'
  | 'speaker'
  | 'speakerName'
  | 'modality'
  | 'validFrom'
  | 'start'
  | 'end'
> {
  readonly corridor: string;
}

export interface ClaimPair {
  readonly gold: PlacedClaim;
  readonly predicted: PredictedClaim;
}

export interface ScoredStatement {
  readonly id: string;
  readonly body: string;
  readonly gold: readonly PlacedClaim[];
  readonly predicted: readonly PredictedClaim[];
  readonly pairs: readonly ClaimPair[];
  /** Sentences found, whatever is claimed in them. */
  readonly sentences: Counts;
  /** The same for each sentence and corridor. */
  readonly sentencesWithCorridor: Counts;
  /** What is odd about its gold. */
  readonly warnings: readonly string[];
}

/** Holds what was found in a statement against its gold. The spans of `predicted` MUST lie within the body. */
export function scoreStatement(
  statement: Pick<GoldStatement, 'id' | 'body' | 'claims'>,
  predicted: readonly PredictedClaim[],
): ScoredStatement {
  const { placed: gold, warnings } = placeClaims(statement);
  const pairs = pairSpans(gold, predicted, isSameThing, agreementOf);
  return {
    id: statement.id,
    body: statement.body,
    gold,
    predicted,
    pairs: pairs.map(([one, other]) => ({ gold: one, predicted: other })),
    sentences: countSpans(gold, predicted, ({ start, end }) => `${start}-${end}`),
    sentencesWithCorridor: countSpans(
      gold,
      predicted,
      ({ start, end, corridor }) => `${start}-${end} ${corridor}`,
      (one, other) => one.corridor === other.corridor,
    ),
    warnings,
  };
}

type Located = Span & { readonly corridor: string };

function countSpans(
  gold: readonly PlacedClaim[],
  predicted: readonly PredictedClaim[],
  keyOf: (claim: Located) => string,
  mayPair: (gold: Located, predicted: Located) => boolean = () => true,
): Counts {
  const golds = distinct(gold, keyOf);
  const predictions = distinct(predicted, keyOf);
  const matched = pairSpans(golds, predictions, mayPair).length;
  return { gold: golds.length, predicted: predictions.length, matched };
}

function distinct<Value extends Located>(claims: readonly Value[], keyOf: (claim: Located) => string) {
  return [...new Map(claims.map((claim) => [keyOf(claim), claim])).values()];
}

function isSameThing(gold: PlacedClaim, predicted: PredictedClaim): boolean {
  return gold.corridor === predicted.corridor && gold.type === predicted.type;
}

/** A joint statement gives one claim for each signatory on one sentence: the speaker tells which is which. */
function agreementOf(gold: PlacedClaim, predicted: PredictedClaim): number {
  const agrees = [
    isSameName(gold.speaker, predicted.speaker),
    gold.status === predicted.status,
    gold.validFrom === predicted.validFrom,
    gold.modality === predicted.modality,
    gold.effect === undefined || gold.effect === predicted.effect,
  ];
  return agrees.reduce((sum, isEqual) => sum * 2 + Number(isEqual), 0);
}

import { coderFor, type CodableCorridor } from '#coding';
import { type Claim, type PayloadOf } from '#events';
import { type Coders } from '../ingestion.coders.ts';
import { languageOf } from '../statements/language.detector.ts';

/** What the coders make of a statement now. */
export interface PresentCoding {
  readonly coder: string;
  readonly coderData: string;
  /** The claims by corridor. */
  readonly claims: ReadonlyMap<string, readonly Claim[]>;
}

/** Several coders go by all their names. */
export function nameOf(coders: Coders): Pick<PresentCoding, 'coder' | 'coderData'> {
  return {
    coder: coders.map(({ id }) => id).join('+'),
    coderData: coders.map(({ data }) => data).join('+'),
  };
}

/** As if the statement came today: what no coder reads has no claims of a machine, and is left to people. */
export function presentCoding(
  received: PayloadOf<'StatementReceived'>,
  coders: Coders,
  corridors: readonly CodableCorridor[],
): PresentCoding {
  const declared = received.languageBy === 'publisher' ? received.language : null;
  const told = languageOf(declared, received.body);
  const language = told.detectedLanguage ?? told.language;
  const coder = coderFor(coders, language);
  const found = coder?.code({ ...received, language }, corridors) ?? [];
  const { id, data } = coder ?? coders[0];
  return {
    coder: id,
    coderData: data,
    claims: new Map(
      [...Map.groupBy(found, ({ corridor }) => corridor)].map(([corridor, claims]) => [
        corridor,
        claims.map(({ corridor: _corridor, ...claim }) => claim),
      ]),
    ),
  };
}

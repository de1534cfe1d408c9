import { type CodableCorridor, type CodedClaim, type Coder } from '#coding';
import { type StatementRecord } from '#coding-score';
import { reasonOf, shortReasonOf } from './reason.words.ts';

/** A statement's claims, as `code` writes them. */
export interface CodedRecord {
  readonly id: string;
  readonly claims: readonly CodedRecordClaim[];
}

type CodedRecordClaim = Pick<
  CodedClaim,
  | 'corridor'
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
  | 'confidence'
> & { readonly why: string };

export interface RecordCoding {
  readonly coder: Coder;
  readonly corridors: readonly CodableCorridor[];
  /** Whether `why` is spelled out in words. */
  readonly explains: boolean;
}

export function codeRecord(
  record: StatementRecord,
  { coder, corridors, explains }: RecordCoding,
): CodedRecord {
  const { id, body } = record;
  const claims = claimsOf(record, coder, corridors).map((claim): CodedRecordClaim => {
    const { corridor, type, status, flows, effect, actor, speaker, speakerName, modality } = claim;
    const { validFrom, start, end, confidence } = claim;
    const why = explains ? reasonOf(claim, body) : shortReasonOf(claim, body);
    return {
      corridor,
      type,
      status,
      flows,
      effect,
      actor,
      speaker,
      speakerName,
      modality,
      validFrom,
      start,
      end,
      confidence,
      why,
    };
  });
  return { id, claims };
}

export function claimsOf(
  { id: statementId, publisher, publishedAt, title, language, about, body }: StatementRecord,
  coder: Coder,
  corridors: readonly CodableCorridor[],
): readonly CodedClaim[] {
  return coder.code({ statementId, publisher, publishedAt, title, language, about, body }, corridors);
}

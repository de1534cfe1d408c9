import { type StatusClaim } from './status.ts';

/** Without what the rules do not ask for: the books of many corridors are held in memory. */
export function statusClaimOf({
  claimId,
  type,
  status,
  presupposed,
  flows,
  effect,
  actor,
  speaker,
  speakerName,
  modality,
  validFrom,
  quote,
  statementId,
  cluster,
  publisher,
  grade,
  publishedAt,
  url,
}: StatusClaim): StatusClaim {
  return {
    claimId,
    type,
    status,
    presupposed,
    flows,
    effect,
    actor,
    speaker,
    speakerName,
    modality,
    validFrom,
    quote,
    statementId,
    cluster,
    publisher,
    grade,
    publishedAt,
    url,
  };
}

import { type ReceivedClaim } from './instance.api.ts';
import { type FedStatement } from './timeline.evaluation.ts';

/** A statement of the reference, and what it was coded to. */
export function statementLines(
  { statement, received }: FedStatement,
  withClaims: boolean,
): readonly string[] {
  const { publishedAt, publisher, body } = statement;
  const line = `  ${publishedAt.slice(0, 10)} ${publisher}: ${body}`;
  if (!withClaims) return [line];
  if ('error' in received) return [line, `      refused: ${received.error.detail}`];
  const revision = received.revises === null ? [] : ['      taken for a new version of its page'];
  if (received.claims.length === 0) return [line, ...revision, '      no claim'];
  return [line, ...revision, ...received.claims.map((claim) => `      ${claimText(claim)}`)];
}

function claimText({
  type,
  status,
  speaker,
  modality,
  validFrom,
  flows,
  effect,
  rule,
}: ReceivedClaim): string {
  const words = [
    type,
    status,
    modality === 'asserted' ? null : modality,
    `by ${speaker}`,
    validFrom === null ? null : `from ${validFrom}`,
    flows === undefined || flows.length === 0 ? null : `of ${flows.join(', ')}`,
    effect === undefined || effect === null ? null : `effect ${effect}`,
    `(${rule})`,
  ];
  return words.filter((word) => word !== null).join(' ');
}

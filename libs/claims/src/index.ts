export {
  type ClaimEvent,
  type ClaimsTurn,
  type ClaimStanding,
  type ClaimState,
  type ClaimVersion,
  isClaimEvent,
  noClaims,
  type Review,
  type StatementClaims,
  turn,
} from './statement-claims.ts';

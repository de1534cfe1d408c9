import { targetRefusals } from '#address-guard';
import { type RefusalTable } from '#platform';

export const ingestionRefusals: RefusalTable = {
  unknown_statement: { status: 404, title: 'There is no such statement' },
  unknown_corridor: { status: 422, title: 'The corridor is not registered' },
  no_such_corridor: { status: 404, title: 'There is no such corridor' },
  unknown_assessment: { status: 404, title: 'There is no such assessment' },
  invalid_assessment: { status: 400, title: 'The assessment speaks of an impossible day' },
  unknown_evidence: { status: 422, title: 'The assessment goes by claims that are not there' },
  unknown_claim: { status: 404, title: 'There is no such claim' },
  claim_changed: { status: 412, title: 'Somebody else judged it first' },
  claim_replaced: { status: 409, title: 'A newer coding no longer has the claim' },
  claim_exists: { status: 409, title: 'The claim is there already' },
  statement_retracted: { status: 409, title: 'The statement is retracted' },
  statement_superseded: { status: 409, title: 'The publisher has corrected the statement' },
  statement_redacted: { status: 409, title: 'The words of the statement were redacted' },
  invalid_claim: { status: 422, title: 'The claim does not fit the text, or itself' },
  claims_behind: { status: 503, title: 'Earlier claims are still being read' },
  ungraded_publisher: { status: 404, title: 'The publisher has no grade' },
  unknown_source: { status: 404, title: 'There is no such source' },
  source_lease_lost: { status: 409, title: 'The source was removed, or is polled by another process' },
  source_busy: { status: 409, title: 'The source is being polled' },
  ...targetRefusals,
  version_conflict: { status: 409, title: 'Somebody else changed it first' },
};

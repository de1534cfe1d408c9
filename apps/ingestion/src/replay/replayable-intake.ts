import { type Projector } from '#projection';
import { type Replayable, type ReplayedTable } from '#replay';
import { assessmentsProjector } from '../assessments/assessments.projector.ts';
import { claimsProjector } from '../claims/claims.projector.ts';
import { redactionsProjector } from '../redactions/redactions.projector.ts';
import { sourcesProjector } from '../sources/sources.projector.ts';
import { statementsProjector } from '../statements/statements.projector.ts';

const byStatement: ReplayedTable['history'] = {
  kind: 'latest',
  touchedBy: { stream: `'statement-' || t.statement_id` },
};

/** What of the service's tables follows from the ledger, and how each tells of earlier positions. */
export const replayableIntake: Replayable = {
  schema: 'ingestion',
  projectors: () =>
    [
      statementsProjector,
      claimsProjector,
      assessmentsProjector,
      sourcesProjector,
      redactionsProjector(null),
    ] as Projector[],
  scratch: [],
  leftOut: [
    { table: 'source_item', why: 'what polling found out, which no event tells' },
    { table: 'received_bytes', why: 'bytes as they came; the ledger has their hashes' },
    {
      table: 'text, text_band, text_index',
      why: 'an index for the intake alone, which it fills from the ledger itself',
    },
    { table: 'unkept_address', why: 'what an erasure notes for later fetches' },
    { table: 'recoding_run', why: 'how far a re-coding is' },
  ],
  tables: [
    { table: 'statement', key: ['statement_id'], history: { kind: 'written_once', position: 'position' } },
    {
      table: 'statement_claim',
      key: ['statement_id', 'corridor', 'type', 'speaker', 'by_person'],
      history: byStatement,
    },
    { table: 'retraction', key: ['statement_id'], history: byStatement },
    { table: 'supersession', key: ['statement_id'], history: byStatement },
    { table: 'reading', key: ['statement_id'], history: byStatement },
    { table: 'redaction', key: ['statement_id'], history: byStatement },
    { table: 'claim', key: ['claim_id'], indexes: ['claim_by_statement'], history: byStatement },
    {
      table: 'assessment',
      key: ['assessment_id'],
      history: { kind: 'latest', touchedBy: { stream: `'assessment-' || t.assessment_id` } },
    },
    {
      table: 'source',
      key: ['source'],
      history: { kind: 'latest', touchedBy: { stream: `'source-' || t.source` } },
      without: {
        columns: [
          'feed_due_at',
          'due_at',
          'lease_token',
          'leased_until',
          'etag',
          'last_modified',
          'last_attempt_at',
          'last_success_at',
          'last_error_at',
          'last_error_code',
          'last_error',
          'failure_count',
        ],
        why: 'how polling goes, which no event tells',
      },
      mixed: true,
    },
  ],
};

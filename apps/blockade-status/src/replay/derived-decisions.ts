import { type Tx } from '#projection';
import { decisionId, type DecisionBook } from '../corridor-status/decision.book.ts';
import { type StatusDecided } from '../corridor-status/status-decisions.ts';

/** Keeps what a replay decides beside the rows that it rebuilds; nobody is told of it. */
export const derivedDecisions: DecisionBook = {
  record: async (tx: Tx, decisions: readonly StatusDecided[]) => {
    if (decisions.length === 0) return;
    await tx.query(
      `INSERT INTO derived_decision (event_id, corridor, caused_by, type, rule, valid_from, payload)
       SELECT * FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::date[], $7::json[])
       ON CONFLICT DO NOTHING`,
      [
        decisions.map(decisionId),
        decisions.map(({ payload }) => payload.corridor),
        decisions.map(({ payload }) => payload.causedBy),
        decisions.map(({ type }) => type),
        decisions.map(({ payload }) => payload.rule),
        decisions.map(({ validFrom }) => validFrom),
        decisions.map(({ payload }) => JSON.stringify(payload)),
      ],
    );
  },
};

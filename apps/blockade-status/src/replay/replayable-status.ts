import { type Replayable } from '#replay';
import { corridorStatusProjector } from '../corridor-status/corridor-status.projector.ts';
import { shippedRules, type StatusRules } from '../corridor-status/status-rules.ts';
import { compareDecisions } from './decision.comparison.ts';
import { derivedDecisions } from './derived-decisions.ts';

/** What of the service's tables follows from the ledger, and how each tells of earlier positions. */
export function replayableStatus(rules: StatusRules = shippedRules): Replayable {
  return {
    schema: 'blockade_status',
    projectors: () => [corridorStatusProjector(derivedDecisions, rules)],
    compareFurther: (tx) => compareDecisions(tx, rules),
    scratch: ['derived_decision'],
    leftOut: [{ table: 'decided', why: 'how far an earlier release had decided; no event tells' }],
    tables: [
      {
        table: 'corridor',
        key: ['corridor'],
        history: { kind: 'latest', touchedBy: { key: 't.corridor' } },
      },
      {
        table: 'corridor_definition',
        key: ['corridor', 'position'],
        history: { kind: 'written_once', position: 'position' },
      },
      {
        table: 'corridor_setting',
        key: ['corridor', 'kind', 'name', 'position'],
        history: { kind: 'written_once', position: 'position' },
      },
      {
        table: 'turn',
        key: ['corridor', 'from_day', 'known_from'],
        history: { kind: 'versioned', from: 'known_from', until: 'known_until', endings: [] },
      },
      {
        table: 'evidence_day',
        key: ['corridor', 'on_day', 'known_from'],
        history: { kind: 'versioned', from: 'known_from', until: 'known_until', endings: [] },
      },
      {
        table: 'claim',
        key: ['corridor', 'claim_id', 'position'],
        indexes: ['claim_by_statement'],
        history: { kind: 'versioned', from: 'position', until: 'until_position', endings: ['ended_as'] },
        without: { columns: ['retracted_at'], why: 'no longer written' },
      },
      {
        table: 'statement_end',
        key: ['statement_id', 'corridor'],
        history: { kind: 'written_once', position: 'position' },
      },
      {
        table: 'redaction',
        key: ['statement_id', 'corridor'],
        history: { kind: 'written_once', position: 'position' },
      },
      {
        table: 'status_change',
        key: ['position'],
        history: { kind: 'written_once', position: 'position' },
      },
    ],
  };
}

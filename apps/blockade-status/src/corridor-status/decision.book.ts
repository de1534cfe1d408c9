import { deriveId } from '#ledger';
import { type Tx } from '#projection';
import { type StatusDecided } from './status-decisions.ts';

/** Where decisions go: the ledger while events come in, a table of its own while they are replayed. */
export interface DecisionBook {
  /** Before the transaction commits; MUST be safe to repeat, since the transaction may come again. */
  record(tx: Tx, decisions: readonly StatusDecided[]): Promise<void>;
}

/** The same decision has the same id, whoever makes it and however often. */
export function decisionId({ type, payload: { corridor, causedBy, rule } }: StatusDecided): string {
  return deriveId(type, corridor, String(causedBy), rule);
}

import { type EventType, type PayloadOf, upcast, withoutQuotes } from '#events';
import { type Tx } from '#projection';
import { canonicalize } from '#proofs';
import { columnDifference, type Difference, type FurtherComparison } from '#replay';
import { type StatusRules } from '../corridor-status/status-rules.ts';

type Decision = PayloadOf<'CorridorStatusChanged' | 'CorridorStatusCorrected'>;

interface Pair {
  readonly corridor: string;
  readonly type: EventType;
  /** Of the recorded one; null where none is recorded. */
  readonly position: number | null;
  readonly causedBy: number;
  readonly rule: string;
  /** The version of its contract, where it was not lifted to the present one yet. */
  readonly liftFrom: number | null;
  readonly recorded: Decision | null;
  readonly derived: Decision | null;
  readonly recordedFrom: string | null;
  readonly derivedFrom: string | null;
}

/** As many as a reader looks at; the count says how many there are. */
const differencesMax = 20;
const pageSize = 500;

/**
 * Holds each decision in the ledger against the one that the replay made, by the id that follows from its cause and its
 * rules. Postgres sorts out those that are the same; the others are compared as canonical JSON, so that nothing but
 * what they say counts.
 */
export async function compareDecisions(tx: Tx, rules: StatusRules): Promise<FurtherComparison> {
  const counts = await countDecisions(tx);
  const redacted = await readRedacted(tx);
  const differences: Difference[] = [];
  let differenceCount = 0;
  for (let after = 0; ;) {
    const pairs = await readUnequal(tx, after);
    for (const pair of pairs) {
      const difference = differenceOf(pair, rules, redacted);
      if (difference === null) continue;
      differenceCount += 1;
      if (differences.length < differencesMax) differences.push(difference);
    }
    const last = pairs.at(-1);
    if (last === undefined || pairs.length < pageSize) return { counts, differences, differenceCount };
    after += pageSize;
  }
}

/** Of an erased decision only its hash is left: that it was made is compared, what it said cannot be. */
async function countDecisions(tx: Tx): Promise<Readonly<Record<string, number>>> {
  const { rows } = await tx.query<{ derived: string; erased: string }>(
    `SELECT count(*) AS derived, count(*) FILTER (WHERE r.position IS NOT NULL AND r.payload IS NULL) AS erased
     FROM derived_decision AS d LEFT JOIN (${recordedDecisions}) AS r USING (event_id)`,
  );
  return { derivedDecisions: Number(rows[0]?.derived ?? 0), erasedDecisions: Number(rows[0]?.erased ?? 0) };
}

/**
 * Those that the replay came by are in `status_change`, as the ledger is read. A derived one may have been recorded
 * after the last position that is replayed: its payload is as it stands there.
 */
const recordedDecisions = `
  SELECT e.event_id, e.position, e.key, e.type, e.valid_from,
    coalesce(s.change, e.payload,
      (SELECT p.payload FROM ledger.held_payload AS p WHERE p.position = e.position)) AS payload,
    CASE WHEN s.position IS NULL THEN coalesce(
      (SELECT p.schema_version FROM ledger.redacted_payload AS p WHERE p.position = e.position),
      e.schema_version) END AS lift_from
  FROM ledger.event AS e LEFT JOIN status_change AS s USING (position)
  WHERE e.position IN (
    SELECT position FROM status_change
    UNION ALL
    SELECT told.position FROM derived_decision JOIN ledger.event AS told USING (event_id))`;

/** Words that were erased while the replay ran may have been read before: they do not count. */
async function readRedacted(tx: Tx): Promise<readonly string[]> {
  const { rows } = await tx.query<{ statement_id: string }>('SELECT DISTINCT statement_id FROM redaction');
  return rows.map(({ statement_id: id }) => id);
}

async function readUnequal(tx: Tx, offset: number): Promise<readonly Pair[]> {
  const { rows } = await tx.query<
    Omit<Pair, 'position' | 'causedBy'> & Record<'position' | 'caused_by', string | null>
  >(
    `SELECT coalesce(d.corridor, r.key) AS corridor, coalesce(r.type, d.type) AS type, r.position,
       coalesce(d.caused_by, (r.payload ->> 'causedBy')::bigint) AS caused_by,
       coalesce(r.payload ->> 'rule', d.rule) AS rule, r.lift_from AS "liftFrom",
       r.payload AS recorded, d.payload AS derived,
       r.valid_from::text AS "recordedFrom", d.valid_from::text AS "derivedFrom"
     FROM (${recordedDecisions}) AS r FULL JOIN derived_decision AS d USING (event_id)
     WHERE (r.position IS NULL OR r.payload IS NOT NULL)
       AND (r.payload::jsonb IS DISTINCT FROM d.payload::jsonb OR r.valid_from IS DISTINCT FROM d.valid_from)
     ORDER BY coalesce(r.position, d.caused_by), type LIMIT ${pageSize} OFFSET $1`,
    [offset],
  );
  return rows.map(({ position, caused_by: causedBy, ...row }) => ({
    ...row,
    position: position === null ? null : Number(position),
    causedBy: Number(causedBy ?? 0),
  }));
}

function differenceOf(pair: Pair, rules: StatusRules, redacted: readonly string[]): Difference | null {
  const { corridor, type, rule } = pair;
  const facts = { corridor, position: pair.position ?? pair.causedBy, causedBy: pair.causedBy, type, rule };
  if (pair.recorded === null) return { kind: 'decision_not_recorded', ...facts, field: null };
  if (!isKnown(rule, rules)) return { kind: 'decision_of_unknown_rules', ...facts, field: null };
  if (pair.derived === null) return { kind: 'decision_not_derived', ...facts, field: null };
  const { liftFrom } = pair;
  const lifted = liftFrom === null ? pair.recorded : (upcast(type, liftFrom, pair.recorded) as Decision);
  const [recorded, derived] = [lifted, pair.derived].map((decision) =>
    canonicalize(withoutQuotes(decision, redacted)),
  ) as [string, string];
  if (recorded !== derived)
    return { kind: 'decision_differs', ...facts, field: columnDifference('payload', recorded, derived) };
  if (pair.recordedFrom === pair.derivedFrom) return null;
  const field = columnDifference('validFrom', pair.recordedFrom, pair.derivedFrom);
  return { kind: 'decision_differs', ...facts, field };
}

function isKnown(version: string, rules: StatusRules): boolean {
  try {
    rules.of(version);
    return true;
  } catch {
    return false;
  }
}

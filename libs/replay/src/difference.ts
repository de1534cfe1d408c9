/** Where live and replayed are not the same, as an auditor is told. `key` are the columns that a row is known by. */
export type Difference =
  | {
      /** `missing`: the ledger gives it, the live table lacks it; `unexpected`: the live table has it, the ledger not. */
      readonly kind: 'row_missing' | 'row_unexpected';
      readonly schema: string;
      readonly table: string;
      readonly key: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'row_differs';
      readonly schema: string;
      readonly table: string;
      readonly key: Readonly<Record<string, string>>;
      readonly columns: readonly ColumnDifference[];
    }
  | {
      readonly kind:
        'decision_not_recorded' | 'decision_not_derived' | 'decision_differs' | 'decision_of_unknown_rules';
      readonly corridor: string;
      /** Of the recorded decision; of what caused it where none is recorded. */
      readonly position: number;
      readonly causedBy: number;
      readonly type: string;
      readonly rule: string;
      /** A JSON pointer into the payload, with what is recorded and what is derived; null where it is about all. */
      readonly field: ColumnDifference | null;
    }
  | { readonly kind: 'event_missing'; readonly position: number };

export interface ColumnDifference {
  readonly column: string;
  /** JSON pointer to the first difference within a JSON value; empty for the value as a whole. */
  readonly path: string;
  readonly live: string | null;
  readonly replayed: string | null;
}

/** As much of a value as helps to find it. */
const shownMax = 300;

/** Both as text, as Postgres writes them; JSON is followed down to the first place that differs. */
export function columnDifference(
  column: string,
  live: string | null,
  replayed: string | null,
): ColumnDifference {
  const [a, b] = [parsed(live), parsed(replayed)];
  const place = a === undefined || b === undefined ? null : firstDifference(a, b, '');
  if (place === null) return { column, path: '', live: shown(live), replayed: shown(replayed) };
  return { column, path: place.path, live: shown(textOf(place.left)), replayed: shown(textOf(place.right)) };
}

interface Place {
  readonly path: string;
  readonly left: unknown;
  readonly right: unknown;
}

function firstDifference(left: unknown, right: unknown, path: string): Place | null {
  if (!isObject(left) || !isObject(right) || Array.isArray(left) !== Array.isArray(right))
    return Object.is(left, right) ? null : { path, left, right };
  for (const name of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const at = `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const found = firstDifference(left[name], right[name], at);
    if (found !== null) return found;
  }
  return null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Undefined for what is no JSON object or array. */
function parsed(text: string | null): unknown {
  if (text === null || !/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // An array of Postgres, say, begins with a brace, too.
    return undefined;
  }
}

function textOf(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

function shown(text: string | null): string | null {
  return text !== null && text.length > shownMax ? `${text.slice(0, shownMax)}…` : text;
}

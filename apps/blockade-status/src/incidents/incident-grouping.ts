import { type PassageEffect, redactedText } from '#events';
import { earlierFirst, groupOf, laterGroupFirst, type ReportGroup, type ToldReport } from './told-report.ts';

export interface Incident extends ReportGroup {
  readonly effect: PassageEffect | null;
  /** Who did it, where reports name anyone. */
  readonly actors: readonly string[];
}

/** Of the shorter sentence's words, how many the other must share to tell of the same. */
const sharedShareMin = 0.5;

/** How many incidents of one day and kind a sentence is held against: without a bound, a flood of them would cost its square. */
const comparedMax = 200;

interface Draft {
  /** Of its first report. */
  readonly words: ReadonlySet<string>;
  readonly reports: [ToldReport, ...ToldReport[]];
}

/**
 * Reports as the incidents that they tell of: one day, one effect, the same flows, and the same text or nearly the same
 * words as the first report of it. Two convoys of one day stay two where their reports name different figures.
 * The order of the reports does not matter. Latest day first.
 */
export function incidentsOf(reports: readonly ToldReport[]): readonly Incident[] {
  return [...Map.groupBy(reports, kindOf).values()]
    .flatMap((alike) => draftsOf(alike.toSorted(earlierFirst)))
    .map(({ reports: told }) => ({
      ...groupOf(told),
      effect: told[0].effect,
      actors: [...new Set(told.flatMap(({ actor }) => actor ?? []))].sort(),
    }))
    .sort(laterGroupFirst);
}

/** What impairs people lasts, so a text and its copies tell one impact, whatever the day of the copy. */
export function impactsOf(reports: readonly ToldReport[]): readonly ReportGroup[] {
  return [...Map.groupBy(reports, ({ cluster }) => cluster).values()]
    .map((copies) => groupOf(copies.toSorted(earlierFirst) as [ToldReport, ...ToldReport[]]))
    .sort(laterGroupFirst);
}

function kindOf({ day, effect, flows }: ToldReport): string {
  return JSON.stringify([day, effect, flows.toSorted()]);
}

function draftsOf(reports: readonly ToldReport[]): readonly Draft[] {
  const drafts: Draft[] = [];
  const byCluster = new Map<string, Draft>();
  for (const report of reports) {
    const words = wordsOf(report.quote);
    const known =
      byCluster.get(report.cluster) ??
      drafts.slice(0, comparedMax).find((draft) => isNear(draft.words, words));
    const draft = known ?? { words, reports: [report] };
    if (known === undefined) drafts.push(draft);
    else known.reports.push(report);
    byCluster.set(report.cluster, draft);
  }
  return drafts;
}

/** Words of one or two letters are in every sentence; figures of any length tell one event from another. */
function wordsOf(quote: string): ReadonlySet<string> {
  // Of redacted sentences nobody knows any more what they share.
  if (quote === redactedText) return new Set();
  return new Set(quote.toLowerCase().match(/[\p{L}\p{M}]{3,}|\p{N}+/gu));
}

function isNear(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  const shared = [...one].filter((word) => other.has(word));
  if (shared.length === 0 || shared.length < sharedShareMin * Math.min(one.size, other.size)) return false;
  return !hasFigure(one) || !hasFigure(other) || hasFigure(shared);
}

function hasFigure(words: Iterable<string>): boolean {
  return [...words].some((word) => /\p{N}/u.test(word));
}

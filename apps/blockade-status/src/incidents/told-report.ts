import { type PassageEffect, type Flow } from '#events';

/** A claim that something happened, or what it did to people. */
export interface ToldReport {
  readonly claimId: string;
  readonly statementId: string;
  readonly cluster: string;
  /** The local day it speaks of; that of its publication where it names none. */
  readonly day: string;
  readonly effect: PassageEffect | null;
  readonly flows: readonly Flow[];
  readonly actor: string | null;
  readonly speaker: string;
  readonly publisher: string;
  readonly url: string | null;
  readonly publishedAt: string;
  readonly quote: string;
}

/** Where a group stands in a list. */
export interface GroupPlace {
  readonly day: string;
  /** That of the first report. */
  readonly id: string;
}

/** Several reports as one: who tells it, and how many of them on their own account. */
export interface ReportGroup extends GroupPlace {
  readonly flows: readonly Flow[];
  readonly publishers: readonly string[];
  readonly speakers: readonly string[];
  /** Copies of one text are one source, and so is one speaker, whoever carries the words. */
  readonly independentSourceCount: number;
  readonly reportCount: number;
  /** The first twenty to be published. */
  readonly reports: readonly ToldReport[];
}

const reportsMax = 20;

/** The order that the first of a group is told by, whatever order they come in. */
export function earlierFirst(a: ToldReport, b: ToldReport): number {
  return compare(a.publishedAt, b.publishedAt) || compare(a.claimId, b.claimId);
}

/** The latest day first. */
export function laterGroupFirst(a: GroupPlace, b: GroupPlace): number {
  return compare(b.day, a.day) || compare(a.id, b.id);
}

/** @param reports at least one, the earliest first */
export function groupOf(reports: readonly [ToldReport, ...ToldReport[]]): ReportGroup {
  return {
    id: reports[0].claimId,
    day: reports[0].day,
    flows: [...new Set(reports.flatMap(({ flows }) => flows))].sort(),
    publishers: [...new Set(reports.map(({ publisher }) => publisher))].sort(),
    speakers: [...new Set(reports.map(({ speaker }) => speaker))].sort(),
    independentSourceCount: independentSourceCount(reports),
    reportCount: reports.length,
    reports: reports.slice(0, reportsMax),
  };
}

/** Reports that share a text or a speaker hang together, also through a third; each such knot is one source. */
function independentSourceCount(reports: readonly ToldReport[]): number {
  const parents = new Map<string, string>();
  const rootOf = (node: string): string => {
    const parent = parents.get(node) ?? node;
    return parent === node ? node : rootOf(parent);
  };
  for (const { cluster, speaker } of reports) {
    parents.set(rootOf(`text ${cluster}`), rootOf(`speaker ${speaker.trim().toLowerCase()}`));
  }
  return new Set(reports.map(({ cluster }) => rootOf(`text ${cluster}`))).size;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

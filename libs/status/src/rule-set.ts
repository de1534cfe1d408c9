import { type PublisherKind, type Reliability } from '#events';

/** Who speaks, by how close they are to the road and what they gain by saying so. */
export type Voice =
  'observer' | 'court' | 'admission' | 'publisher' | 'actor' | 'other' | 'party' | 'interested';

/** Every number of one version of the rules. All are integers, so that sums do not depend on their order. */
export interface RuleSet {
  /** Recorded with every decision. */
  readonly version: string;
  /** Days whose evidence is weighed together, the last day with evidence included. */
  readonly windowDays: number;
  /** What is left of a weight after so many days, in hundredths. */
  readonly fade: readonly number[];
  /** Admiralty grade of the publisher. F says "cannot be judged", which is not "bad". */
  readonly reliabilityWeight: Readonly<Record<Reliability, number>>;
  /** A publisher without a grade. */
  readonly ungradedWeight: number;
  /** How well a publisher of that kind hands on what it reports. */
  readonly channelWeight: Readonly<Record<PublisherKind, number>>;
  readonly voiceWeight: Readonly<Record<Voice, number>>;
  /** What is left of a claim that takes the state for granted, in hundredths. */
  readonly presupposedShare: number;
  /** What is left of words about the whole where a flow has evidence of its own, in hundredths. */
  readonly generalShare: number;
  /** More independent weight on one day adds nothing, so that a loud day does not outweigh the next ones. */
  readonly daySumMax: number;
  /** A told act of at least this weight puts an end to what was said against it before. */
  readonly actWeightMin: number;
  /** Days after a passage in which someone turned back is the exception. */
  readonly refusalDays: number;
  /** Days for which the passage of some keeps a flow restricted that is else shut. */
  readonly exceptionDays: number;
  /** Evidence for the earlier status from this share of the new one on keeps the earlier, in hundredths. */
  readonly yieldShare: number;
  /** Contrary weight from this share of the support on leaves low confidence, in hundredths. */
  readonly nearShare: number;
}

/** The first rules that know flows, acts and passages. */
const second: RuleSet = {
  version: 'status-rules/2',
  windowDays: 14,
  fade: [100, 62, 40, 26, 17, 12, 9, 7, 5, 4, 3, 2, 1, 1],
  reliabilityWeight: { A: 100, B: 85, C: 65, D: 40, E: 20, F: 50 },
  ungradedWeight: 60,
  channelWeight: {
    icrc: 100,
    un: 100,
    court: 100,
    ngo: 90,
    news: 85,
    government: 85,
    party: 70,
    aggregator: 50,
  },
  voiceWeight: {
    /** An operator, the United Nations, the Red Cross or a monitor: sees it. */
    observer: 100,
    /** A court's finding of fact. */
    court: 95,
    /** A party that says that it closed the road speaks against its interest. */
    admission: 95,
    /** The publisher in its own voice. */
    publisher: 80,
    /** A government that is no party, on its own act. */
    actor: 75,
    /** Anyone else who is quoted; mostly a government that is no party. */
    other: 65,
    /** A party about the other side's act. */
    party: 50,
    /** A party that says the road is open. */
    interested: 25,
  },
  presupposedShare: 40,
  generalShare: 50,
  daySumMax: 200,
  actWeightMin: 15,
  refusalDays: 4,
  exceptionDays: 42,
  yieldShare: 70,
  nearShare: 50,
};

/** Every version that a decision was ever made with: the past is derived with the rules of its time. */
export const ruleSets: readonly RuleSet[] = [second];

/** The rules of a corridor that has adopted no others. */
export const firstRules = second;

/** The rules that corridors shall follow from now on. */
export const currentRules = second;

export class UnknownRulesError extends Error {
  readonly code = 'unknown_status_rules';
  constructor(version: string) {
    super(`A corridor follows "${version}", rules that this version does not know`);
  }
}

/** @throws UnknownRulesError for rules of a newer release */
export function rulesOf(version: string): RuleSet {
  const found = ruleSets.find((set) => set.version === version);
  if (found === undefined) throw new UnknownRulesError(version);
  return found;
}

/** An observer's own publication, before anyone graded it. */
export const observerReliability: Reliability = 'B';

/** Grades from which a source can corroborate another. */
export const soundReliability: readonly Reliability[] = ['A', 'B', 'C'];

/** Grades from which an observer's own word is enough. */
export const firstHandReliability: readonly Reliability[] = ['A', 'B'];

/** As many as an answer shows, on each side. */
export const evidenceItemsMax = 20;

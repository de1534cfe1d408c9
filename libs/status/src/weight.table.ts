import { type PublisherKind, type Reliability } from '#events';

/** Every number of status-rules/1. They are integers, so that sums do not depend on their order. */

/** Days, the last day with evidence included. */
export const windowDays = 14;

/** What is left of a weight after so many days, in hundredths. */
export const fade: readonly number[] = [100, 62, 40, 26, 17, 12, 9, 7, 5, 4, 3, 2, 1, 1];

/** Admiralty grade of the publisher. F says "cannot be judged", which is not "bad". */
export const reliabilityWeight: Readonly<Record<Reliability, number>> = {
  A: 100,
  B: 85,
  C: 65,
  D: 40,
  E: 20,
  F: 50,
};

/** A publisher without a grade weighs about as news of grade C. */
export const ungradedWeight = 60;

/** An observer's own publication, before anyone graded it. */
export const observerReliability: Reliability = 'B';

/** Grades from which a source can corroborate another. */
export const soundReliability: readonly Reliability[] = ['A', 'B', 'C'];

/** Grades from which an observer's own word is enough. */
export const firstHandReliability: readonly Reliability[] = ['A', 'B'];

/** How well a publisher of that kind hands on what it reports. */
export const channelWeight: Readonly<Record<PublisherKind, number>> = {
  icrc: 100,
  un: 100,
  court: 95,
  ngo: 90,
  news: 85,
  government: 85,
  party: 70,
  aggregator: 50,
};

/** Who speaks, by how close they are to the road and what they gain by saying so. */
export type Voice = 'observer' | 'admission' | 'publisher' | 'other' | 'party' | 'interested';

export const voiceWeight: Readonly<Record<Voice, number>> = {
  /** An operator, the United Nations, the Red Cross or a monitor: sees it. */
  observer: 100,
  /** A party that says that it closed the road speaks against its interest. */
  admission: 95,
  /** The publisher in its own voice. */
  publisher: 80,
  /** Anyone else who is quoted; mostly a government that is no party. */
  other: 70,
  /** A party about the other side's act. */
  party: 50,
  /** A party that says the road is open. */
  interested: 25,
};

/** What a demand or a condemnation takes for granted is weak support. */
export const presupposedShare = 40;

/** More voices on one day than this add nothing, so that a loud day does not outweigh the next ones. */
export const daySumMax = 200;

/** Contrary weight from this share of the support on, in hundredths, leaves low confidence. */
export const nearShare = 50;

export const evidenceItemsMax = 20;

/** Folded names of those who watch corridors for no side. */
export const observerNames: readonly string[] = [
  'icrc',
  'international committee of the red cross',
  'red cross',
  'red crescent',
  'united nations',
  'un',
  'ocha',
  'un ocha',
  'wfp',
  'unicef',
  'unhcr',
  'who',
  'iom',
  'ohchr',
  'unrwa',
  'osce',
  'euma',
  'eu monitoring mission',
  'médecins sans frontières',
];

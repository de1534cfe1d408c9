import { type ClaimType, type CorridorStatus } from '#events';
import { type CueName } from './cue.table.ts';

/** Version 1 of the rules. */
export interface CueRule {
  readonly id: string;
  readonly type: ClaimType;
  readonly status?: CorridorStatus;
  /** Taken for granted, not said. */
  readonly presupposed?: true;
  /** Cues in this order; a number is the most characters that may lie before the next one (30 by default). */
  readonly steps: readonly (CueName | number)[];
  /** What a "not" before or inside makes of it; without it a negated match says nothing. */
  readonly negated?: { readonly type: ClaimType; readonly status: CorridorStatus };
  /** The cues already hold their "not", or it does not matter. */
  readonly ignoresNegation?: true;
  /** Holds only where it is said to come ("will close"), with that modality. */
  readonly onlyAnnounced?: true;
  /** With a day in the sentence it is a single event as well. */
  readonly isEvent?: true;
  /** Speaks of passage by itself, so that a sentence in the focus of one corridor needs no name. */
  readonly isTopical?: true;
  /** The coder's certainty, in hundredths. */
  readonly certainty: number;
}

const denialOfClosure = { type: 'denial', status: 'open' } as const;
const notOpen = { type: 'status', status: 'blocked' } as const;

export const cueRules: readonly CueRule[] = [
  // The state, said.
  {
    id: 'closed',
    type: 'status',
    status: 'blocked',
    steps: ['C', 14, 'be', 34, 'closed'],
    negated: denialOfClosure,
    certainty: 90,
  },
  {
    id: 'closed-headline',
    type: 'status',
    status: 'blocked',
    steps: ['C', 14, 'closed'],
    negated: denialOfClosure,
    certainty: 70,
  },
  { id: 'no-access', type: 'status', status: 'blocked', steps: ['M', 60, 'noAccess'], certainty: 75 },
  {
    id: 'close-act',
    type: 'status',
    status: 'blocked',
    steps: ['closeAct', 70, 'C'],
    negated: denialOfClosure,
    isEvent: true,
    certainty: 85,
  },
  {
    id: 'close-traffic',
    type: 'status',
    status: 'blocked',
    steps: ['closeAct', 12, 'traffic', 50, 'C'],
    certainty: 85,
  },
  {
    id: 'block-all-traffic',
    type: 'status',
    status: 'blocked',
    steps: ['closeAct', 8, 'movement'],
    isTopical: true,
    certainty: 65,
  },
  {
    id: 'prevent-movement',
    type: 'status',
    status: 'blocked',
    steps: ['prevents', 12, 'movement'],
    isTopical: true,
    certainty: 65,
  },
  {
    id: 'no-traffic',
    type: 'status',
    status: 'blocked',
    steps: ['noTraffic', 30, 'passes', 25, 'C'],
    ignoresNegation: true,
    certainty: 85,
  },
  {
    id: 'no-traffic-on',
    type: 'status',
    status: 'blocked',
    steps: ['noTraffic', 12, 'C'],
    ignoresNegation: true,
    certainty: 80,
  },
  {
    id: 'traffic-stopped',
    type: 'status',
    status: 'blocked',
    steps: ['traffic', 30, 'C', 45, 'stopped'],
    certainty: 85,
  },
  {
    id: 'traffic-stopped-near',
    type: 'status',
    status: 'blocked',
    steps: ['traffic', 25, 'stopped'],
    isTopical: true,
    certainty: 65,
  },
  {
    id: 'cannot-pass',
    type: 'status',
    status: 'blocked',
    steps: ['cannot', 12, 'passInfinitive', 35, 'C'],
    ignoresNegation: true,
    certainty: 75,
  },
  {
    id: 'announced-closure',
    type: 'status',
    status: 'blocked',
    steps: ['threat', 45, 'closeInfinitive', 75, 'C'],
    onlyAnnounced: true,
    certainty: 75,
  },
  {
    id: 'announced-start',
    type: 'status',
    status: 'blocked',
    steps: ['will', 20, 'begin', 45, 'B'],
    onlyAnnounced: true,
    certainty: 75,
  },
  {
    id: 'it-is-closed',
    type: 'status',
    status: 'blocked',
    steps: ['pronounClosed'],
    isTopical: true,
    certainty: 75,
  },
  {
    id: 'it-is-open',
    type: 'status',
    status: 'open',
    steps: ['pronounOpen'],
    isTopical: true,
    certainty: 75,
  },
  {
    id: 'right-denied',
    type: 'status',
    status: 'blocked',
    steps: ['movement', 14, 'deniedRight'],
    isTopical: true,
    certainty: 65,
  },
  {
    id: 'not-blocking',
    type: 'denial',
    status: 'open',
    steps: ['notBlocking'],
    ignoresNegation: true,
    isTopical: true,
    certainty: 75,
  },
  {
    id: 'brazen-closing',
    type: 'condemnation',
    steps: ['unlawful', 12, 'closeAct', 20, 'movement'],
    isTopical: true,
    certainty: 70,
  },
  {
    id: 'announced-blockade',
    type: 'status',
    status: 'blocked',
    steps: ['B', 5, 'will', 25, 'begin'],
    onlyAnnounced: true,
    certainty: 75,
  },

  {
    id: 'impeded-access',
    type: 'status',
    status: 'restricted',
    steps: ['impede', 45, 'operations', 45, 'C'],
    certainty: 85,
  },
  { id: 'impede', type: 'status', status: 'restricted', steps: ['impede', 35, 'C'], certainty: 75 },
  {
    id: 'access-impeded',
    type: 'status',
    status: 'restricted',
    steps: ['operations', 30, 'C', 45, 'impeded'],
    certainty: 85,
  },
  {
    id: 'is-impeded',
    type: 'status',
    status: 'restricted',
    steps: ['C', 14, 'isBe', 20, 'impeded'],
    certainty: 85,
  },
  {
    id: 'only-some-pass',
    type: 'status',
    status: 'restricted',
    steps: ['only', 50, 'passes', 45, 'C'],
    certainty: 80,
  },
  {
    id: 'only-some-pass-focus',
    type: 'status',
    status: 'restricted',
    steps: ['only', 50, 'mover', 30, 'passes'],
    isTopical: true,
    certainty: 60,
  },
  {
    id: 'open-to-only',
    type: 'status',
    status: 'restricted',
    steps: ['C', 14, 'be', 20, 'openState', 20, 'only'],
    certainty: 85,
  },
  { id: 'trickle', type: 'status', status: 'restricted', steps: ['trickle', 80, 'M'], certainty: 70 },
  { id: 'to-a-trickle', type: 'status', status: 'restricted', steps: ['M', 80, 'trickle'], certainty: 70 },
  {
    id: 'restrictions',
    type: 'status',
    status: 'restricted',
    presupposed: true,
    steps: ['R'],
    certainty: 70,
  },

  {
    id: 'open',
    type: 'status',
    status: 'open',
    steps: ['C', 14, 'isBe', 24, 'openState'],
    negated: notOpen,
    certainty: 85,
  },
  {
    id: 'opened',
    type: 'status',
    status: 'open',
    steps: ['C', 30, 'opened'],
    negated: notOpen,
    isEvent: true,
    certainty: 85,
  },
  {
    id: 'open-act',
    type: 'status',
    status: 'open',
    steps: ['opened', 30, 'C'],
    negated: notOpen,
    isEvent: true,
    certainty: 80,
  },
  {
    id: 'opening',
    type: 'status',
    status: 'open',
    steps: ['openNoun', 8, 'C'],
    isEvent: true,
    certainty: 65,
  },
  {
    id: 'passes-freely',
    type: 'status',
    status: 'open',
    steps: ['passes', 40, 'C', 30, 'freely'],
    certainty: 75,
  },
  {
    id: 'passes-freely-through',
    type: 'status',
    status: 'open',
    steps: ['passes', 12, 'freely', 30, 'C'],
    certainty: 75,
  },
  {
    id: 'traffic-on-it-resumed',
    type: 'status',
    status: 'open',
    steps: ['traffic', 25, 'C', 25, 'resumed'],
    negated: notOpen,
    isEvent: true,
    certainty: 80,
  },
  {
    id: 'traffic-resumed',
    type: 'status',
    status: 'open',
    steps: ['traffic', 45, 'resumed'],
    negated: notOpen,
    isEvent: true,
    isTopical: true,
    certainty: 75,
  },
  {
    id: 'lifted',
    type: 'status',
    status: 'open',
    steps: ['B', 12, 'lifted'],
    negated: notOpen,
    isEvent: true,
    certainty: 80,
  },

  // The state, disputed.
  {
    id: 'deny-closure',
    type: 'denial',
    status: 'open',
    steps: ['deny', 75, 'B'],
    ignoresNegation: true,
    certainty: 85,
  },
  {
    id: 'deny-closing',
    type: 'denial',
    status: 'open',
    steps: ['deny', 75, 'closeAct', 60, 'C'],
    ignoresNegation: true,
    certainty: 85,
  },
  {
    id: 'deny-closed',
    type: 'denial',
    status: 'open',
    steps: ['deny', 60, 'C', 30, 'closed'],
    ignoresNegation: true,
    certainty: 85,
  },
  {
    id: 'no-blockade',
    type: 'denial',
    status: 'open',
    steps: ['thereIs', 14, 'B'],
    ignoresNegation: true,
    certainty: 85,
  },
  {
    id: 'false-claims',
    type: 'denial',
    status: 'open',
    steps: ['allegation', 75, 'B', 40, 'false'],
    ignoresNegation: true,
    certainty: 85,
  },
  {
    id: 'false-claims-of-closing',
    type: 'denial',
    status: 'open',
    steps: ['allegation', 40, 'C', 30, 'closed', 40, 'false'],
    ignoresNegation: true,
    certainty: 85,
  },
  {
    id: 'false-blockade',
    type: 'denial',
    status: 'open',
    steps: ['false', 40, 'allegation', 60, 'B'],
    ignoresNegation: true,
    certainty: 80,
  },
  {
    id: 'not-closed',
    type: 'denial',
    status: 'open',
    steps: ['notClosed', 60, 'C'],
    ignoresNegation: true,
    certainty: 85,
  },
  {
    id: 'insist-open',
    type: 'denial',
    status: 'open',
    steps: ['insist', 60, 'C', 25, 'clear'],
    certainty: 80,
  },

  // What it takes for granted (rules 2, 3 and 14 of the guide).
  { id: 'blockade', type: 'status', status: 'blocked', presupposed: true, steps: ['B'], certainty: 80 },
  {
    id: 'reopening',
    type: 'status',
    status: 'blocked',
    presupposed: true,
    steps: ['reopening', 60, 'M'],
    certainty: 80,
  },
  {
    id: 'want-open',
    type: 'status',
    status: 'blocked',
    presupposed: true,
    steps: ['demand', 90, 'open', 25, 'C'],
    certainty: 70,
  },
  {
    id: 'want-to-see-open',
    type: 'status',
    status: 'blocked',
    presupposed: true,
    steps: ['demand', 25, 'C', 20, 'open'],
    certainty: 70,
  },
  {
    id: 'must-open',
    type: 'status',
    status: 'blocked',
    presupposed: true,
    steps: ['must', 25, 'open', 25, 'C'],
    certainty: 70,
  },
  {
    id: 'must-be-reopened',
    type: 'status',
    status: 'blocked',
    presupposed: true,
    steps: ['C', 12, 'must', 20, 'opened'],
    certainty: 75,
  },
  {
    id: 'try-to-open',
    type: 'status',
    status: 'blocked',
    presupposed: true,
    steps: ['effort', 40, 'open', 25, 'C'],
    certainty: 70,
  },

  // What someone asks, blames, does or undertakes.
  { id: 'demand', type: 'demand', steps: ['demand', 150, 'action', 90, 'M'], certainty: 80 },
  { id: 'demand-see', type: 'demand', steps: ['demand', 40, 'M', 85, 'action'], certainty: 75 },
  { id: 'must', type: 'demand', steps: ['must', 45, 'action', 80, 'M'], certainty: 75 },
  { id: 'corridor-must', type: 'demand', steps: ['M', 20, 'must', 30, 'action'], certainty: 80 },

  { id: 'condemn', type: 'condemnation', steps: ['condemn', 180, 'M'], certainty: 75 },
  { id: 'unlawful', type: 'condemnation', steps: ['unlawful', 40, 'M'], certainty: 85 },
  {
    id: 'is-unlawful',
    type: 'condemnation',
    steps: ['M', 70, 'unlawful'],
    ignoresNegation: true,
    certainty: 80,
  },
  { id: 'violation', type: 'condemnation', steps: ['violation', 90, 'M'], certainty: 70 },
  { id: 'violates', type: 'condemnation', steps: ['M', 60, 'violation'], certainty: 75 },
  { id: 'charge', type: 'condemnation', steps: ['M', 100, 'charge'], certainty: 70 },
  { id: 'charge-of', type: 'condemnation', steps: ['charge', 80, 'M'], certainty: 70 },

  { id: 'discussed', type: 'engagement', steps: ['discuss', 260, 'M'], certainty: 70 },
  { id: 'was-discussed', type: 'engagement', steps: ['M', 60, 'discuss'], certainty: 60 },

  { id: 'commit-after', type: 'commitment', steps: ['B', 110, 'commit'], certainty: 60 },
  { id: 'commit', type: 'commitment', steps: ['commit', 110, 'M'], certainty: 70 },

  { id: 'moved-through', type: 'incident', steps: ['mover', 70, 'moved', 80, 'C'], certainty: 75 },
  { id: 'moved-people', type: 'incident', steps: ['moved', 45, 'mover', 70, 'C'], certainty: 70 },
  { id: 'through-moved', type: 'incident', steps: ['C', 60, 'mover', 40, 'moved'], certainty: 65 },
  { id: 'checkpoint', type: 'incident', steps: ['setUp', 40, 'checkpoint'], isTopical: true, certainty: 80 },
  {
    id: 'checkpoint-set-up',
    type: 'incident',
    steps: ['checkpoint', 40, 'setUp'],
    isTopical: true,
    certainty: 80,
  },
  { id: 'attack', type: 'incident', steps: ['attack', 60, 'C'], certainty: 70 },
  { id: 'utility-cut', type: 'incident', steps: ['utility', 30, 'cutOff'], isTopical: true, certainty: 60 },

  { id: 'impact-of', type: 'impact', steps: ['impact', 120, 'M'], ignoresNegation: true, certainty: 70 },
  { id: 'impact', type: 'impact', steps: ['M', 140, 'impact'], ignoresNegation: true, certainty: 70 },
  {
    id: 'hardship',
    type: 'impact',
    steps: ['hardship'],
    ignoresNegation: true,
    isTopical: true,
    certainty: 60,
  },
];

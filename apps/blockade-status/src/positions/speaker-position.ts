import { type CorridorDefinition } from '#events';
import { type ShownClaim } from '../claims/shown-claims.reader.ts';
import { type HeardSpeaker, type SpeakerWord } from './speaker-rows.ts';

export type WordKind = 'stance' | 'demand' | 'commitment' | 'denial';

/** The latest first, at most five of them. */
export interface Words {
  readonly count: number;
  readonly latest: readonly ShownClaim[];
}

/** What one speaker holds about a corridor. */
export interface SpeakerPosition {
  readonly speaker: string;
  /** As the definition was then. */
  readonly isParty: boolean;
  readonly isOperator: boolean;
  readonly firstHeardOn: string;
  readonly lastHeardOn: string;
  readonly claimCount: number;
  /** Null for one who never said how it is. */
  readonly stance: ShownClaim | null;
  readonly demands: Words;
  readonly commitments: Words;
  readonly denials: Words;
}

/** Each speaker with what is shown of the words. */
export function positionsOf(
  speakers: readonly HeardSpeaker[],
  words: readonly SpeakerWord[],
  shown: ReadonlyMap<string, ShownClaim>,
  { parties, operators }: Pick<CorridorDefinition, 'parties' | 'operators'>,
): readonly SpeakerPosition[] {
  const bySpeaker = Map.groupBy(words, ({ speaker }) => speaker);
  return speakers.map((heard) => {
    const { speaker, firstHeardOn, lastHeardOn, claimCount } = heard;
    const own = bySpeaker.get(speaker) ?? [];
    const latest = (kind: WordKind) =>
      own.flatMap((word) => (word.kind === kind ? (shown.get(word.claimId) ?? []) : []));
    return {
      speaker,
      isParty: isNamed(speaker, parties),
      isOperator: isNamed(speaker, operators),
      firstHeardOn,
      lastHeardOn,
      claimCount,
      stance: latest('stance')[0] ?? null,
      demands: { count: heard.demandCount, latest: latest('demand') },
      commitments: { count: heard.commitmentCount, latest: latest('commitment') },
      denials: { count: heard.denialCount, latest: latest('denial') },
    };
  });
}

function isNamed(speaker: string, names: readonly string[]): boolean {
  return names.some((name) => fold(name) === fold(speaker));
}

function fold(name: string): string {
  return name.trim().toLowerCase();
}

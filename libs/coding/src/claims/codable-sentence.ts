import { type FlowsIn } from '../passage/flow.reader.ts';
import { type Focus } from '../corridors/corridor.linker.ts';
import { type Lexicon } from '../lexicon/coding.lexicon.ts';
import { type MaskedSentence } from '../text/masked-sentence.ts';
import { type Frame } from '../voices/frame.ts';
import { type DefaultVoice } from '../voices/speaker.tracker.ts';

/** A sentence with all that was found in it before the rules were asked. */
export interface CodableSentence {
  readonly lexicon: Lexicon;
  readonly masked: MaskedSentence;
  readonly flowsIn: FlowsIn;
  readonly frames: readonly Frame[];
  readonly voice: DefaultVoice;
  /** The corridor that it may speak of without naming one. */
  readonly focus: Focus | null;
  /** Its text is tagged with a corridor by the publisher. */
  readonly isTagged: boolean;
  readonly publishedAt: string;
  readonly isPartyOf: (corridor: string, speaker: string) => boolean;
}

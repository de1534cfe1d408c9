import { type Why } from '#events';
import { type Holder } from './holder.reader.ts';
import { type MaskedSentence, type Span, spanInBody } from '../text/masked-sentence.ts';

/** Who speaks, and how the text tells it. */
export interface Voice {
  readonly holders: readonly Holder[];
  readonly by: Why['speaker']['by'];
  /** In the body. */
  readonly span: Span | null;
}

/** "X said": a holder, and which side of the words of speaking the said thing stands. */
export interface Frame {
  /** Null: the one who speaks anyway ("we"), or nobody with a name ("analysts say"). */
  readonly holders: readonly Holder[] | null;
  /** By a pronoun or an office that means the last speaker. */
  readonly isAnaphor?: boolean;
  /** The name before a colon that begins the sentence, and is a person's. */
  readonly isLead?: boolean;
  /** Of the three who may stand around one saying, the one whose view it is: who is cited, who speaks, who reports. */
  readonly rank: 'cited' | 'speaker' | 'reporter';
  readonly start: number;
  readonly end: number;
  /** A frame in the middle or at the end covers what comes before it too. */
  readonly coversBefore: boolean;
}

/** A text made of words of speaking must not cost more. */
export const framesMax = 24;

/** The voice of a frame; null where it names nobody. */
export function voiceOf({ holders, isAnaphor, start, end }: Frame, masked: MaskedSentence): Voice | null {
  if (holders === null) return null;
  const by = isAnaphor === true ? 'antecedent' : 'words';
  return { holders, by, span: spanInBody(masked, { start, end }) };
}

/** The innermost frame that holds a place in the sentence; undefined when none does. */
export function frameOf(frames: readonly Frame[], place: number): Frame | undefined {
  const opened = frames.findLast(
    (frame) => frame.start <= place && !(frame.coversBefore && isAttached(frames, frame)),
  );
  const closing = closingFrame(frames);
  const named = opened === undefined ? undefined : namedAlike(opened, frames);
  if (named !== undefined) return named;
  if (opened?.rank === 'reporter' && closing?.rank === 'cited') return closing;
  return opened ?? closing;
}

/** "Doe said her country believes …": the person who speaks for it. */
function namedAlike({ holders, start }: Frame, frames: readonly Frame[]): Frame | undefined {
  const [only, other] = holders ?? [];
  if (only?.person !== null || other !== undefined) return undefined;
  return frames.find(
    (frame) =>
      (frame.coversBefore || frame.start < start) &&
      frame.holders?.length === 1 &&
      frame.holders[0]?.speaker === only.speaker &&
      frame.holders[0].person !== null,
  );
}

/** The one that covers what stands before it; who is cited rather than who reports. */
export function closingFrame(frames: readonly Frame[]): Frame | undefined {
  const closing = frames.filter(({ coversBefore }) => coversBefore);
  return (
    closing.find(({ rank }) => rank === 'cited') ??
    closing.find(({ rank }) => rank === 'speaker') ??
    closing[0]
  );
}

/** A closing frame governs what stands before it, so it is not the one that opens what follows. */
function isAttached(frames: readonly Frame[], frame: Frame): boolean {
  return frames.some((other) => other.coversBefore && other.start > frame.start);
}

import { type Why } from '#events';
import { type MaskedSentence, type Span, spanInBody } from './masked-sentence.ts';
import { signs } from './signs.ts';
import { actorSign, joint, type SpeechPatterns } from './speech.patterns.ts';
import { type Holder, holdersOf, mainSubject, subjectBefore } from './subject.reader.ts';

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

/** "ICRC: no convoy has passed", as headlines and lists have it. */
const leadingName = new RegExp(`^["']?(${joint})(?: \\([^)]{1,40}\\))?: `);
/** "No convoy has passed: ICRC". */
const trailingName = new RegExp(`(?::| —| -) (?:the )?(${joint})["']?$`);
const actorsAfter = new RegExp(`^ (?:the )?(${joint})`);
const corridorSign = new RegExp(`[${signs.passage}${signs.blocked}${signs.restricted}]`);
/** What follows the words of speaking that close a sentence, instead of the said thing. */
const closesSentence = new RegExp(
  `^(?: (?:reporters|journalists|lawmakers|viewers|parliament|(?:the|a|an|his|her|its|their) (?:[\\w-]+ )?[\\w-]+|${actorSign}))?` +
    '(?: \\w+ly| also)?(?: ?(?:$|[.,"—-])| (?:in|on|at|when|during|as|after|before|to|late|early|earlier|via|by|through|while|about|this|last|yesterday|today|tonight|\\w+day)\\b)(?!.{0,40}\\bthat\\b)',
);
const framesMax = 24;
/** "X said Y." is the least; single words are common in lists, and looking there would cost most. */
const shortestFrame = 8;
const headlineLengthMax = 200;

/** Frames in text order. `antecedent` is the last speaker of the text before the sentence. */
export function findFrames(
  speech: SpeechPatterns,
  masked: MaskedSentence,
  antecedent: readonly Holder[] | null,
): readonly Frame[] {
  const { text } = masked;
  if (text.length < shortestFrame) return [];
  const frames: Frame[] = [];
  for (const match of text.matchAll(speech.verb)) {
    const frame = frameAt(speech, masked, match.index, match[0], frames.at(-1)?.holders ?? null, antecedent);
    if (frame !== null) frames.push(frame);
    if (frames.length === framesMax) break;
  }
  return [
    ...frames,
    ...participleFrames(speech, masked, frames, antecedent),
    ...nounFrames(speech, masked),
    ...sourceFrames(speech, masked),
    ...headlineFrames(masked),
  ].sort((a, b) => a.start - b.start || a.end - b.end);
}

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

function frameAt(
  speech: SpeechPatterns,
  masked: MaskedSentence,
  at: number,
  spoken: string,
  previous: readonly Holder[] | null,
  antecedent: readonly Holder[] | null,
): Frame | null {
  const { text } = masked;
  const end = at + spoken.length;
  // "X's comments" are no verb, and "whatever it wants, …" says nothing.
  if (/['’]s? $/.test(text.slice(Math.max(0, at - 3), at))) return null;
  if (speech.softVerbs.has(spoken) && /^[,.;]/.test(text.slice(end, end + 1))) return null;
  const rank = speech.reporterVerbs.has(spoken) ? 'reporter' : 'speaker';
  if (speech.invertedVerbs.has(spoken) && /[,"'] *$/.test(text.slice(Math.max(0, at - 3), at))) {
    const after = text.slice(end, end + 160);
    const named = actorsAfter.exec(after);
    // "…, urged X to reopen it" has its subject before.
    if (named !== null && !/^ (?:that|to) /.test(after.slice(named[0].length))) {
      const holders = holdersOf(masked, named[1] ?? '', end + named[0].length - (named[1]?.length ?? 0));
      return { holders, rank, start: at, end: end + named[0].length, coversBefore: true };
    }
    if (speech.anaphorAfter.test(after))
      return { holders: antecedent, isAnaphor: true, rank, start: at, end, coversBefore: true };
  }
  const subject =
    subjectBefore(speech, masked, at, previous ?? antecedent) ??
    sharedSubject(speech, masked, at, previous, antecedent);
  if (subject === null) {
    // Any other subject is a speaker without a name.
    return spoken === 'said' || spoken === 'says'
      ? { holders: null, rank, start: at, end, coversBefore: closes(text, at, end) }
      : null;
  }
  if (subject.isPassive && !speech.unpassive.test(spoken)) return null;
  const { holders, isAnaphor, start } = subject;
  return { holders, isAnaphor, rank, start, end, coversBefore: closes(text, start, end) };
}

/** "X met them and urged …": the subject of the verb before. */
function sharedSubject(
  speech: SpeechPatterns,
  masked: MaskedSentence,
  at: number,
  previous: readonly Holder[] | null,
  antecedent: readonly Holder[] | null,
) {
  const lead = /(?:,| and| but| or),?(?: (?:also|then|again|later|\w+ly))? $/.exec(
    masked.text.slice(Math.max(0, at - 40), at),
  );
  if (lead === null) return null;
  if (previous !== null) return { holders: previous, isAnaphor: false, start: at, isPassive: false };
  const main = mainSubject(speech, masked, antecedent);
  return main === null ? null : { ...main, start: at };
}

/** The said thing stands before it: a comma or a quote leads to it, and no corridor follows. */
function closes(text: string, start: number, end: number): boolean {
  const lead = text.slice(Math.max(0, start - 50), start);
  const isNearEnd = text.length - end < 60;
  if (!(isNearEnd ? /[,"][^,"]{0,45}$/ : /[,"] *$/).test(lead)) return false;
  const rest = text.slice(end);
  return !corridorSign.test(rest) && closesSentence.test(rest);
}

/** "A ruling by X telling Y to …". */
const besideActor = new RegExp(`(${actorSign}) (?:members |officials |leaders |states )?$`);

/** ", calling on Y to …", "while urging …", "is demanding …". */
function participleFrames(
  speech: SpeechPatterns,
  masked: MaskedSentence,
  frames: readonly Frame[],
  antecedent: readonly Holder[] | null,
): readonly Frame[] {
  const found: Frame[] = [];
  for (const { 0: spoken, index } of masked.text.matchAll(speech.participle)) {
    if (found.length === framesMax) break;
    const lead = masked.text.slice(Math.max(0, index - 40), index);
    const previous = frames.findLast(({ start }) => start < index)?.holders ?? null;
    const own = /\b(?:is|are|was|were|been|be)(?: \w+ly)?(?: also| again)? $/.test(lead)
      ? subjectBefore(speech, masked, index, previous ?? antecedent)
      : null;
    const isJoined = speech.participleLead.test(lead);
    const beside = besideActor.exec(masked.text.slice(Math.max(0, index - 30), index));
    if (own === null && beside !== null) {
      const group = beside[1] ?? '';
      const holders = holdersOf(masked, group, index - beside[0].length);
      found.push({ holders, rank: 'speaker', start: index, end: index + spoken.length, coversBefore: false });
      continue;
    }
    const shared = own ?? (isJoined && previous !== null ? { holders: previous, isAnaphor: false } : null);
    const subject = shared ?? (isJoined ? mainSubject(speech, masked, antecedent) : null);
    if (subject === null) continue;
    const { holders, isAnaphor } = subject;
    const start = own?.start ?? index;
    const end = index + spoken.length;
    found.push({ holders, isAnaphor, rank: 'speaker', start, end, coversBefore: false });
  }
  return found;
}

/** "Iran's threat to …", "a call by the UN to …". */
function nounFrames(speech: SpeechPatterns, masked: MaskedSentence): readonly Frame[] {
  return [...masked.text.matchAll(speech.noun)].slice(0, framesMax).map((match): Frame => {
    const group = match.groups?.['owner'] ?? match.groups?.['maker'] ?? '';
    const start = match.index + match[0].indexOf(group);
    const holders = holdersOf(masked, group, start);
    return {
      holders,
      rank: 'speaker',
      start: match.index,
      end: match.index + match[0].length,
      coversBefore: false,
    };
  });
}

/** "According to X", "condemned by X", "citing X". */
function sourceFrames(speech: SpeechPatterns, masked: MaskedSentence): readonly Frame[] {
  return speech.sources.flatMap(({ pattern, isCited }) =>
    [...masked.text.matchAll(pattern)].slice(0, framesMax).flatMap((match): Frame[] => {
      const group = match[1] ?? '';
      const end = match.index + match[0].length;
      const lead = match[0].slice(0, -group.length);
      if (lead.search(speech.unnamed) !== -1 && !lead.includes('official')) return [];
      const holders = holdersOf(masked, group, end - group.length);
      const rank = isCited ? 'cited' : 'speaker';
      return [{ holders, rank, start: match.index, end, coversBefore: true }];
    }),
  );
}

function headlineFrames(masked: MaskedSentence): readonly Frame[] {
  const { text } = masked;
  const frames: Frame[] = [];
  const leading = leadingName.exec(text);
  if (leading !== null) {
    const holders = holdersOf(masked, leading[1] ?? '', leading[0].indexOf(leading[1] ?? ''));
    const isLead = holders[0]?.person !== null;
    frames.push({ holders, isLead, rank: 'speaker', start: 0, end: leading[0].length, coversBefore: false });
  }
  const trailing = text.length > headlineLengthMax ? null : trailingName.exec(text);
  if (trailing !== null) {
    const start = text.length - (trailing[1]?.length ?? 0);
    const holders = holdersOf(masked, trailing[1] ?? '', start);
    frames.push({ holders, rank: 'speaker', start: trailing.index, end: text.length, coversBefore: true });
  }
  return frames;
}

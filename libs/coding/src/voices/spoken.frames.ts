import { type Frame, framesMax } from './frame.ts';
import { type Holder, holdersOf } from './holder.reader.ts';
import { type MaskedSentence } from '../text/masked-sentence.ts';
import { signs } from '../text/signs.ts';
import { actorSign, joint, type SpeechPatterns } from './speech.patterns.ts';
import { mainSubject, subjectBefore } from './subject.reader.ts';
import { everyMatch } from '../text/every-match.ts';

const actorsAfter = new RegExp(`^ (?:the )?(${joint})`);
/** "Said the head of the relief committee, Jane Doe". */
const nameAfterRole = new RegExp(
  `^ (?:the|an?|its|their|his|her) (?:[\\w'-]+ ){0,9}[\\w'-]+, (${joint})(?=[,."]|$)`,
);
/** "What X calls a blockade" and "makes X think twice" are no sayings of X. */
const borrowed = /\b(?:what|mak(?:e|es|ing)|made|lets?|letting) (?:the )?$/;
const corridorSign = new RegExp(`[${signs.passage}${signs.blocked}${signs.restricted}]`);
/** What follows the words of speaking that close a sentence, instead of the said thing. */
const closesSentence = new RegExp(
  `^(?: (?:reporters|journalists|lawmakers|viewers|parliament|(?:the|a|an|his|her|its|their) (?:[\\w-]+ )?[\\w-]+(?: of [\\w-]+)?|${actorSign}))?` +
    '(?: \\w+ly| also)?(?: ?(?:$|[.,"—-])| (?:in|on|at|when|during|as|after|before|to|late|early|earlier|via|by|through|while|about|this|last|yesterday|today|tonight|\\w+day)\\b)(?!.{0,40}\\bthat\\b)',
);

/** "X said": frames of finite verbs. `antecedent` is the last speaker of the text before the sentence. */
export function spokenFrames(
  speech: SpeechPatterns,
  masked: MaskedSentence,
  antecedent: readonly Holder[] | null,
): readonly Frame[] {
  const frames: Frame[] = [];
  for (const match of everyMatch(speech.verb, masked.text)) {
    const frame = frameAt(speech, masked, match.index, match[0], frames.at(-1)?.holders ?? null, antecedent);
    if (frame !== null) frames.push(frame);
    if (frames.length === framesMax) break;
  }
  return frames;
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
    const named = actorsAfter.exec(after) ?? nameAfterRole.exec(after);
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
  if (!isAnaphor && borrowed.test(text.slice(Math.max(0, start - 20), start))) return null;
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
  // "The road, Norway says, is shut."
  if (/, *$/.test(lead) && rest.startsWith(',')) return true;
  return !corridorSign.test(rest) && closesSentence.test(rest);
}

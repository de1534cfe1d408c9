import { type Why } from '#events';
import { type Actor } from './actor.finder.ts';
import { type CodingData } from './coding-data.schema.ts';
import { sourceOf } from './cue.pattern.ts';
import { type MaskedSentence, type Span, spanInBody } from './masked-sentence.ts';
import { signs } from './signs.ts';

/** Whose view it is; several when they speak jointly. */
export interface Holder {
  readonly speaker: string;
  readonly person: string | null;
}

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
  readonly isAnaphor?: true;
  readonly start: number;
  readonly end: number;
  /** A frame in the middle or at the end covers what comes before it too. */
  readonly coversBefore: boolean;
}

/** The words of speaking, compiled. */
export interface SpeechPatterns {
  readonly verb: RegExp;
  readonly invertedVerbs: ReadonlySet<string>;
  readonly actorsBefore: RegExp;
  readonly anaphorBefore: RegExp;
  readonly selfBefore: RegExp;
  readonly unnamedBefore: RegExp;
  readonly anaphorAfter: RegExp;
  /** "Condemned by X". */
  readonly byActor: RegExp;
}

export function compileSpeech({ words, phrases }: CodingData): SpeechPatterns {
  const adverbials = sourceOf(phrases.adverbial);
  const anaphors = sourceOf(phrases.anaphor);
  const subjectBefore = (subjects: string) => new RegExp(`\\b(${subjects})(?: ${adverbials}){0,4}\\s*$`);
  return {
    verb: new RegExp(`\\b(?:${words.speechVerb.join('|')})\\b`, 'g'),
    invertedVerbs: new Set(words.invertedVerb),
    actorsBefore: new RegExp(
      `(${joint})(?: (?:daily |weekly |latest )?(?:reports?|statement|communique|bulletin|data|post|website|account))?` +
        `(?:(?:,[^;"]{1,110},)|(?: ${adverbials}){0,5})\\s*(?:${adverbials} )?$`,
    ),
    anaphorBefore: subjectBefore(anaphors),
    selfBefore: subjectBefore(sourceOf(phrases.selfReference)),
    unnamedBefore: subjectBefore(sourceOf(phrases.unnamedSource)),
    anaphorAfter: new RegExp(`^ (?:the )?(${anaphors})\\b`),
    byActor: new RegExp(`\\b${sourceOf(phrases.reportedBy)} (${joint})`, 'g'),
  };
}

const actorSign = `${signs.actor}(\\d+)${signs.end}`;
const joint = `(?:the )?${actorSign}(?:'s?)?(?:(?:, | and |, and | & | as well as |, as well as )(?:the )?${actorSign}){0,11}`;
/** Any other subject is a speaker without a name. */
const someoneBefore = /\w\s*$/;
const actorsAfter = new RegExp(`^ (?:the )?(${joint})`);
const appositive = new RegExp(
  `^,? (?:(?:an?|the) )?(?:[\\w-]+ ){0,7}(?:at|of|for|with|from) (?:the )?${actorSign}`,
);
const accordingTo = new RegExp(
  `\\b(?:according to|in the words of) (?:[\\w'-]+ ){0,6}?(?:the )?(${joint})`,
  'g',
);
const quotedAs = new RegExp(`\\bquot(?:ed|es|ing) (${joint}) as`, 'g');
/** "ICRC: no convoy has passed", as headlines and lists have it. */
const leadingName = new RegExp(`^["']?(${joint})(?: \\([^)]{1,40}\\))?: `);
/** What follows the verb of a frame that closes its sentence instead of opening a complement. */
const closesSentence =
  /^\s*(?:$|[.,"]|(?:in|on|at|when|during|as|to|late|early|earlier|via|yesterday|today|\w+day)\b)/;
const framesMax = 24;
/** "X said Y." is the least; single words are common in lists, and looking there would cost most. */
const shortestFrame = 8;

/** Frames in text order. `antecedent` is the last speaker of the text before the sentence. */
export function findFrames(
  speech: SpeechPatterns,
  masked: MaskedSentence,
  antecedent: readonly Holder[] | null,
): readonly Frame[] {
  const frames: Frame[] = [];
  if (masked.text.length < shortestFrame) return frames;
  for (const match of masked.text.matchAll(speech.verb)) {
    const frame = frameAt(speech, masked, match.index, match[0], frames.at(-1)?.holders ?? antecedent);
    if (frame !== null) frames.push(frame);
    if (frames.length === framesMax) break;
  }
  const leading = leadingName.exec(masked.text);
  if (leading !== null) {
    const end = leading[0].length;
    frames.push({ holders: holdersOf(masked, leading[1] ?? '', end), start: 0, end, coversBefore: false });
  }
  for (const pattern of [accordingTo, speech.byActor, quotedAs]) {
    for (const match of masked.text.matchAll(pattern)) {
      const end = match.index + match[0].length;
      frames.push({
        holders: holdersOf(masked, match[1] ?? '', end),
        start: match.index,
        end,
        coversBefore: true,
      });
    }
  }
  return frames.sort((a, b) => a.start - b.start);
}

/** The voice of a frame; null where it names nobody. */
export function voiceOf({ holders, isAnaphor, start, end }: Frame, masked: MaskedSentence): Voice | null {
  if (holders === null) return null;
  const by = isAnaphor === true ? 'antecedent' : 'words';
  return { holders, by, span: spanInBody(masked, { start, end }) };
}

/** The innermost frame that holds a place in the sentence; undefined when none does. */
export function frameOf(frames: readonly Frame[], place: number): Frame | undefined {
  return (
    frames.findLast((frame) => frame.start <= place && !(frame.coversBefore && isAttached(frames, frame))) ??
    frames.find((frame) => frame.coversBefore)
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
  antecedent: readonly Holder[] | null,
): Frame | null {
  const before = masked.text.slice(Math.max(0, at - 260), at);
  const end = at + spoken.length;
  const after = masked.text.slice(end, end + 160);
  if (speech.invertedVerbs.has(spoken) && /[,"']\s*$/.test(before)) {
    const named = actorsAfter.exec(after);
    if (named !== null)
      return {
        holders: holdersOf(masked, named[1] ?? '', end + named[0].length),
        start: at,
        end,
        coversBefore: true,
      };
    if (speech.anaphorAfter.test(after))
      return { holders: antecedent, isAnaphor: true, start: at, end, coversBefore: true };
  }
  const lead = after.length < 60 ? /[,"][^,"]{0,45}$/ : /[,"]\s*$/;
  const closes = (start: number) => closesSentence.test(after) && lead.test(before.slice(0, start));
  const named = speech.actorsBefore.exec(before);
  if (named !== null) {
    const start = at - (before.length - named.index);
    const holders = holdersOf(masked, named[0], start + (named[1]?.length ?? 0));
    return { holders, start, end, coversBefore: closes(named.index) };
  }
  for (const [pattern, holders] of [
    [speech.selfBefore, null],
    [speech.anaphorBefore, antecedent],
    [speech.unnamedBefore, null],
    [someoneBefore, null],
  ] as const) {
    if (pattern === someoneBefore && spoken !== 'said' && spoken !== 'says') continue;
    const match = pattern.exec(before);
    if (match !== null)
      return {
        holders,
        ...(pattern === speech.anaphorBefore && { isAnaphor: true as const }),
        start: at - (before.length - match.index),
        end,
        coversBefore: closes(match.index),
      };
  }
  return null;
}

const everyActor = new RegExp(actorSign, 'g');

/** "Jane Doe, an analyst at Kpler" speaks for Kpler. */
function holdersOf(masked: MaskedSentence, subject: string, end: number): readonly Holder[] {
  const actors = [...subject.matchAll(everyActor)].flatMap((match) => masked.actors[Number(match[1])] ?? []);
  const office = appositive.exec(masked.text.slice(end, end + 140));
  const employer = office === null ? undefined : masked.actors[Number(office[1])];
  const [only] = actors;
  if (actors.length === 1 && only !== undefined && employer !== undefined && !only.isKnown)
    return [{ speaker: employer.speaker, person: only.speaker }];
  // "Jane Doe, France's foreign minister, said": the known one tells whom the name speaks for.
  const known = actors.find(({ isKnown }) => isKnown);
  if (
    actors.length === 2 &&
    known !== undefined &&
    actors.some(({ isKnown }) => !isKnown) &&
    !subject.includes(' and ')
  )
    return [
      {
        speaker: known.speaker,
        person: known.person ?? actors.find(({ isKnown }) => !isKnown)?.speaker ?? null,
      },
    ];
  return uniqueHolders(actors);
}

function uniqueHolders(actors: readonly Actor[]): readonly Holder[] {
  const bySpeaker = new Map<string, Holder>();
  for (const { speaker, person } of actors)
    if (!bySpeaker.has(speaker)) bySpeaker.set(speaker, { speaker, person });
  return [...bySpeaker.values()];
}

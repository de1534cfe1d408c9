import { type Actor } from './actor.gazetteer.ts';
import { type MaskedSentence, signs } from './masked-sentence.ts';
import {
  adverbials,
  anaphors,
  invertedVerbs,
  selfReferences,
  speechVerbs,
  unnamedSources,
} from './speech.table.ts';

/** Whose view it is; several when they speak jointly. */
export interface Holder {
  readonly speaker: string;
  readonly person: string | null;
}

/** "X said": a holder, and which side of the words of speaking the said thing stands. */
export interface Frame {
  /** Null: the one who speaks anyway ("we"), or nobody with a name ("analysts say"). */
  readonly holders: readonly Holder[] | null;
  readonly start: number;
  readonly end: number;
  /** A frame in the middle or at the end covers what comes before it too. */
  readonly coversBefore: boolean;
}

const actorSign = `${signs.actor}(\\d+)${signs.end}`;
const joint = `(?:the )?${actorSign}(?:'s?)?(?:(?:, | and |, and | & | as well as |, as well as )(?:the )?${actorSign}){0,11}`;
const tail = `(?: (?:daily |weekly |latest )?(?:reports?|statement|communique|bulletin|data|post|website|account))?(?:(?:,[^;"]{1,110},)|(?: ${adverbials}){0,5})\\s*(?:${adverbials} )?$`;
const actorsBefore = new RegExp(`(${joint})${tail}`);
const anaphorBefore = new RegExp(`\\b(${anaphors})(?: ${adverbials}){0,4}\\s*$`);
const selfBefore = new RegExp(`\\b${selfReferences}(?: ${adverbials}){0,4}\\s*$`);
const unnamedBefore = new RegExp(`\\b${unnamedSources}(?: ${adverbials}){0,4}\\s*$`);
/** Any other subject is a speaker without a name. */
const someoneBefore = /\w\s*$/;
const actorsAfter = new RegExp(`^ (?:the )?(${joint})`);
const anaphorAfter = new RegExp(`^ (?:the )?(${anaphors})\\b`);
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
const byActor = new RegExp(
  `\\b(?:condemned|denounced|demanded|urged|criticised|criticized|voiced|issued|made) by (${joint})`,
  'g',
);
const verb = new RegExp(`\\b(?:${speechVerbs.join('|')})\\b`, 'g');
/** What follows the verb of a frame that closes its sentence instead of opening a complement. */
const closesSentence =
  /^\s*(?:$|[.,"]|(?:in|on|at|when|during|as|to|late|early|earlier|via|yesterday|today|\w+day)\b)/;
const framesMax = 24;
/** "X said Y." is the least; single words are common in lists, and looking there would cost most. */
const shortestFrame = 8;

/** Frames in text order. `antecedent` is the last speaker of the text before the sentence. */
export function findFrames(masked: MaskedSentence, antecedent: readonly Holder[] | null): readonly Frame[] {
  const frames: Frame[] = [];
  if (masked.text.length < shortestFrame) return frames;
  for (const match of masked.text.matchAll(verb)) {
    const frame = frameAt(masked, match.index, match[0], frames.at(-1)?.holders ?? antecedent);
    if (frame !== null) frames.push(frame);
    if (frames.length === framesMax) break;
  }
  const leading = leadingName.exec(masked.text);
  if (leading !== null) {
    const end = leading[0].length;
    frames.push({ holders: holdersOf(masked, leading[1] ?? '', end), start: 0, end, coversBefore: false });
  }
  for (const pattern of [accordingTo, byActor, quotedAs]) {
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
  masked: MaskedSentence,
  at: number,
  spoken: string,
  antecedent: readonly Holder[] | null,
): Frame | null {
  const before = masked.text.slice(Math.max(0, at - 260), at);
  const end = at + spoken.length;
  const after = masked.text.slice(end, end + 160);
  if (invertedVerbs.has(spoken) && /[,"']\s*$/.test(before)) {
    const named = actorsAfter.exec(after);
    if (named !== null)
      return {
        holders: holdersOf(masked, named[1] ?? '', end + named[0].length),
        start: at,
        end,
        coversBefore: true,
      };
    if (anaphorAfter.test(after)) return { holders: antecedent, start: at, end, coversBefore: true };
  }
  const lead = after.length < 60 ? /[,"][^,"]{0,45}$/ : /[,"]\s*$/;
  const closes = (start: number) => closesSentence.test(after) && lead.test(before.slice(0, start));
  const named = actorsBefore.exec(before);
  if (named !== null) {
    const start = at - (before.length - named.index);
    const holders = holdersOf(masked, named[0], start + (named[1]?.length ?? 0));
    return { holders, start, end, coversBefore: closes(named.index) };
  }
  for (const [pattern, holders] of [
    [selfBefore, null],
    [anaphorBefore, antecedent],
    [unnamedBefore, null],
    [someoneBefore, null],
  ] as const) {
    if (pattern === someoneBefore && spoken !== 'said' && spoken !== 'says') continue;
    const match = pattern.exec(before);
    if (match !== null)
      return { holders, start: at - (before.length - match.index), end, coversBefore: closes(match.index) };
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

import { type Holder, holdersOf } from './holder.reader.ts';
import { type MaskedSentence } from '../text/masked-sentence.ts';
import { signs } from '../text/signs.ts';
import { joint, type SpeechPatterns } from './speech.patterns.ts';

/** Who stands before a verb. */
export interface Subject {
  /** Null: the one who speaks anyway ("we"), or nobody with a name ("analysts"). */
  readonly holders: readonly Holder[] | null;
  readonly isAnaphor: boolean;
  readonly start: number;
  /** "Was urged": the subject is not the one who speaks. */
  readonly isPassive: boolean;
}

/** No subject is further from its verb, in characters. */
const reachMax = 260;
const stepsMax = 8;
const adverbialReach = 70;

/**
 * Walks back from a verb over adverbials and inserted clauses to its subject: "X, who came on Friday, also said".
 * `antecedent` is the last one who spoke before. Null where no subject is found.
 */
export function subjectBefore(
  speech: SpeechPatterns,
  masked: MaskedSentence,
  at: number,
  antecedent: readonly Holder[] | null,
): Subject | null {
  let end = at;
  let isPassive = false;
  for (let step = 0; step < stepsMax; step++) {
    end = trimmedEnd(masked.text, end);
    const found = subjectAt(speech, masked, end, antecedent);
    if (found !== null) return { ...found, isPassive };
    const before = masked.text.slice(Math.max(0, end - adverbialReach), end);
    const adverbial = speech.adverbialBefore.exec(before)?.[1];
    if (adverbial !== undefined) {
      isPassive ||= /^(?:is|are|was|were|being|been)$/.test(adverbial);
      end -= adverbial.length;
      continue;
    }
    const relative = /,? (?:who|which|that)$/.exec(before)?.[0];
    if (relative !== undefined) {
      end -= relative.length;
      continue;
    }
    const comma = /,"?$/.exec(before)?.[0];
    if (comma === undefined) return null;
    const last = subjectAt(speech, masked, end - comma.length, antecedent);
    const inserted = beforeInsertion(speech, masked, end - comma.length, antecedent);
    // "Analysts such as X, say": the one with a name.
    const aside = inserted?.holders == null ? (last ?? inserted) : inserted;
    return aside === null ? null : { ...aside, isPassive };
  }
  return null;
}

/** "X, the head of the mission, said": the nearest comma before the insertion that has a subject before it. */
function beforeInsertion(
  speech: SpeechPatterns,
  masked: MaskedSentence,
  end: number,
  antecedent: readonly Holder[] | null,
): Omit<Subject, 'isPassive'> | null {
  let comma = end;
  for (let tries = 0; tries < 4; tries++) {
    comma = masked.text.lastIndexOf(',', comma - 1);
    if (comma < Math.max(0, end - 160) || masked.text.slice(comma, end).includes(';')) return null;
    const found = subjectAt(speech, masked, comma, antecedent);
    if (found !== null) return found;
  }
  return null;
}

function subjectAt(
  speech: SpeechPatterns,
  masked: MaskedSentence,
  end: number,
  antecedent: readonly Holder[] | null,
): Omit<Subject, 'isPassive'> | null {
  const from = Math.max(0, end - reachMax);
  const before = masked.text.slice(from, end);
  const actors = speech.actorsBefore.exec(before);
  if (actors !== null) {
    const lead = before.slice(Math.max(0, actors.index - 60), actors.index);
    // "In X, he said", "on Sunday, in X": a place.
    if (/(?:^|, )(?:in|at|from|on|near|outside|inside|across|with|for) (?:the )?$/.test(lead)) return null;
    // "We in X believe"
    if (/\bwe (?:in|of|from|at) (?:the )?$/.test(lead))
      return { holders: null, isAnaphor: false, start: end };
    // "Residents of X said" is not X.
    const isOfPeople = unnamedOf(speech).test(lead) || isOfInhabitants(lead);
    const holders = isOfPeople ? null : holdersOf(masked, actors[1] ?? '', from + actors.index);
    return { holders, isAnaphor: false, start: from + actors.index };
  }
  for (const [pattern, holders, isAnaphor] of [
    [speech.selfBefore, null, false],
    [speech.anaphorBefore, antecedent, true],
    [speech.ownOfficeBefore, mainSubject(speech, masked, antecedent)?.holders ?? antecedent, true],
    [speech.unnamedBefore, null, false],
  ] as const) {
    const match = pattern.exec(before.slice(-100));
    // "It" is nobody with a name.
    const isThing = match?.[1] === 'it' && holders?.every(({ person }) => person !== null) === true;
    if (match !== null)
      return { holders: isThing ? null : holders, isAnaphor, start: end - (match[1]?.length ?? 0) };
  }
  return null;
}

const inhabitants =
  /(?:^|[,;:"—-] |\band |\bbut |\bthat )(?:[\w-]+ ){0,3}?([\w-]+s) (?:in|from|across|inside|around) (?:the )?(?:[\w-]+ ){0,3}$/;
const speaksForBody =
  /^(?:officials|authorities|leaders|ministers|lawmakers|diplomats|generals|commanders|colleagues|teams|partners|representatives|envoys|officers|experts|spokes\w+)$/;

/** "Importers in the republic of X said": whoever they are, they do not speak for X. */
function isOfInhabitants(lead: string): boolean {
  const people = inhabitants.exec(lead)?.[1];
  return people !== undefined && !speaksForBody.test(people);
}

const unnamedLeads = new WeakMap<SpeechPatterns, RegExp>();

function unnamedOf(speech: SpeechPatterns): RegExp {
  let lead = unnamedLeads.get(speech);
  if (lead === undefined) {
    lead = new RegExp(`(?:${speech.unnamed.source})(?: \\w+){0,2} (?:in|of|from|across)(?: the)? $`);
    unnamedLeads.set(speech, lead);
  }
  return lead;
}

const mainActors = new RegExp(`^["' ]*(?:[^,;"${signs.actor}]{0,70}, )?(?:the )?(${joint})`);

/** Who the sentence begins with: the subject of what follows "and" or a participle. */
export function mainSubject(
  speech: SpeechPatterns,
  masked: MaskedSentence,
  antecedent: readonly Holder[] | null,
): Subject | null {
  const match = mainActors.exec(masked.text.slice(0, 200));
  if (match !== null) {
    const start = match[0].length - (match[1]?.length ?? 0);
    return { holders: holdersOf(masked, match[1] ?? '', start), isAnaphor: false, start, isPassive: false };
  }
  const isAnaphor = speech.anaphorFirst.test(masked.text);
  return isAnaphor ? { holders: antecedent, isAnaphor, start: 0, isPassive: false } : null;
}

function trimmedEnd(text: string, end: number): number {
  let trimmed = end;
  while (trimmed > 0 && text[trimmed - 1] === ' ') trimmed--;
  return trimmed;
}

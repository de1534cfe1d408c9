import { type Actor } from './actor.finder.ts';
import { type MaskedSentence } from './masked-sentence.ts';
import { signs } from './signs.ts';
import { actorSign, joint, type SpeechPatterns } from './speech.patterns.ts';

/** Whose view it is; several when they speak jointly. */
export interface Holder {
  readonly speaker: string;
  readonly person: string | null;
}

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
    const isOfPeople = unnamedOf(speech).test(lead);
    const holders = isOfPeople ? null : holdersOf(masked, actors[1] ?? '', from + actors.index);
    return { holders, isAnaphor: false, start: from + actors.index };
  }
  for (const [pattern, holders, isAnaphor] of [
    [speech.selfBefore, null, false],
    [speech.anaphorBefore, antecedent, true],
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

const unnamedLeads = new WeakMap<SpeechPatterns, RegExp>();

function unnamedOf(speech: SpeechPatterns): RegExp {
  let lead = unnamedLeads.get(speech);
  if (lead === undefined) {
    lead = new RegExp(`(?:${speech.unnamed.source})(?: \\w+){0,2} (?:in|of|from|across)(?: the)? $`);
    unnamedLeads.set(speech, lead);
  }
  return lead;
}

const everyActor = new RegExp(actorSign, 'g');
/** "Jane Doe, the spokesperson for" before an employer. */
const appositionBefore = new RegExp(
  `${actorSign}(?:,|) (?:an? |the |its |their )?(?!\\w+(?:ing|ed) )(?:[\\w'-]+ ){0,7}(?:at|of|for|with|from|to) $`,
);
/** "Kpler analyst" before a name. */
const bodyBefore = new RegExp(
  `${actorSign}(?:'s)? (?:(?:[\\w-]+ ){0,2}(?:analyst|economist|expert|doctor|surgeon|nurse|researcher|director|spokes\\w+|chief|head|` +
    'manager|officer|worker|coordinator|advis[eo]r|lawyer|strategist|editor|correspondent|reporter|president|chair\\w*|' +
    'professor|fellow|delegate|member|founder|executive|campaigner|specialist|volunteer) )?(?:the )?$',
);
/** "Jane Doe, France's foreign minister" after a name. */
const officeAfter = new RegExp(`^, (?:an? |the )?${actorSign}`);
/** "Jane Doe, an analyst at Kpler" after a name. */
const appositionAfter = new RegExp(
  `^,? (?:(?:an?|the|its|their) )?(?!\\w+(?:ing|ed) )(?:[\\w'-]+ ){0,7}(?:at|of|for|with|from) (?:the )?${actorSign}`,
);

/** Whom a group of actors stands for; `start` is its place in the masked text. */
export function holdersOf(masked: MaskedSentence, group: string, start: number): readonly Holder[] {
  const actors = [...group.matchAll(everyActor)].flatMap((match) => masked.actors[Number(match[1])] ?? []);
  const [first, second] = actors;
  if (first === undefined) return [];
  if (second === undefined) return [single(masked, first, start, start + group.length)];
  if (actors.length === 2 && !group.includes(' and ') && !/ (?:with|as) /.test(group))
    return [inApposition(first, second) ?? { speaker: second.speaker, person: second.person }];
  return uniqueHolders(actors);
}

/** "Jane Doe, an analyst at Kpler", "Jane Doe of France" and "France's foreign minister, Jane Doe" are one. */
function single({ text, actors }: MaskedSentence, actor: Actor, start: number, end: number): Holder {
  const own = { speaker: actor.speaker, person: actor.person };
  const before = appositionBefore.exec(text.slice(Math.max(0, start - 120), start));
  const named = before === null ? undefined : actors[Number(before[1])];
  if (named !== undefined && named.person !== null) return { speaker: named.speaker, person: named.person };
  if (named !== undefined && !named.isKnown && actor.isKnown && isFullName(named.speaker))
    return { speaker: actor.speaker, person: actor.person ?? named.speaker };
  if (actor.isKnown) return own;
  const body = actors[Number(bodyBefore.exec(text.slice(Math.max(0, start - 70), start))?.[1])];
  if (body?.isKnown === true && !body.isState && body.person === null && isFullName(actor.speaker))
    return { speaker: body.speaker, person: actor.speaker };
  const office = actors[Number(officeAfter.exec(text.slice(end, end + 40))?.[1])];
  if (office?.isKnown === true && office.person === null && isFullName(actor.speaker))
    return { speaker: office.speaker, person: actor.speaker };
  const after = appositionAfter.exec(text.slice(end, end + 140));
  const employer = after === null ? undefined : actors[Number(after[1])];
  return employer === undefined ? own : { speaker: employer.speaker, person: actor.speaker };
}

/** Two names with a comma or a possessive between them, of which one tells whom the other speaks for. */
function inApposition(first: Actor, second: Actor): Holder | null {
  if (first.isKnown && !second.isKnown && first.person === null && isFullName(second.speaker))
    return { speaker: first.speaker, person: second.speaker };
  if (first.isKnown && second.isKnown && first.speaker === second.speaker)
    return { speaker: first.speaker, person: first.person ?? second.person };
  if (!first.isKnown && second.isKnown)
    return { speaker: second.speaker, person: second.person ?? first.speaker };
  return null;
}

function isFullName(name: string): boolean {
  return name.includes(' ');
}

function uniqueHolders(actors: readonly Actor[]): readonly Holder[] {
  const bySpeaker = new Map<string, Holder>();
  for (const { speaker, person } of actors)
    if (!bySpeaker.has(speaker)) bySpeaker.set(speaker, { speaker, person });
  return [...bySpeaker.values()];
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

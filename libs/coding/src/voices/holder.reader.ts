import { type Actor } from '../actors/actor.finder.ts';
import { type MaskedSentence } from '../text/masked-sentence.ts';
import { actorSign } from './speech.patterns.ts';
import { everyMatch } from '../text/every-match.ts';

/** Whose view it is; several when they speak jointly. */
export interface Holder {
  readonly speaker: string;
  readonly person: string | null;
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
  const actors = everyMatch(everyActor, group).flatMap((match) => masked.actors[Number(match[1])] ?? []);
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

import { flow, type Flow, type PassageEffect } from '#events';
import { type CodableSentence } from '../claims/codable-sentence.ts';
import { type Finding } from '../claims/claim.assembler.ts';
import { type NamedDay } from '../claims/date.resolver.ts';
import { keyCueOf } from '../claims/modality.reader.ts';
import { clauseAround } from './clause.ts';
import { doerOf } from './doer.reader.ts';
import { effectOf } from './effect.reader.ts';
import { everyMatch } from '../text/every-match.ts';
import { type RuleMatch } from '../rules/rule.matcher.ts';
import { signs } from '../text/signs.ts';
import { type Span, withActorNames } from '../text/masked-sentence.ts';

type Outcome = Pick<Finding, 'type' | 'status' | 'modality'>;

export interface Passage {
  readonly flows: readonly Flow[];
  readonly effect: PassageEffect | null;
  readonly actor: string | null;
  /**
   * An agency that stops its own work has closed no way: that is an event of its own (rule 12 of the status rules). The
   * same done by those who rule the way closes it.
   */
  readonly isOwnPause: boolean;
  /** Passage that took another way: "the trucks enter by the other crossing". */
  readonly isElsewhere: boolean;
  /** By a running count of days: "for a ninth day in a row". */
  readonly isCounted: boolean;
}

/** What a finding tells of traffic: whose, what was done to it, and by whom. */
export function passageOf(
  match: RuleMatch,
  outcome: Outcome,
  day: NamedDay | null,
  sentence: CodableSentence,
): Passage {
  const { lexicon, masked, flowsIn, isTagged } = sentence;
  const { text } = masked;
  const clause = clauseAround(text, match);
  const words = text.slice(clause.start, clause.end);
  // "The trucks are held: nine get in, 114 are turned back."
  const flowsBefore = (end: number) => flowsIn(withActorNames(masked, text.slice(0, end))).flows;
  const told = flowsIn(withActorNames(masked, words));
  // What holds for trucks holds for all of them; those that pass were some.
  const isVague = told.isLoose && outcome.type === 'incident';
  const flows = withoutTrade(told, isVague, words, sentence);
  const effect = effectOf(match, outcome, day, text, lexicon.scope);
  const isOfCounted = outcome.type === 'incident' && effect !== null && flows.length === 0;
  const verb = verbOf(match, text, sentence.flowsIn);
  const isPause =
    outcome.status === 'blocked' && lexicon.scope.has('pause', text.slice(verb.start, verb.end));
  const doer = effect === null && !isPause ? null : doerOf(masked, clause, verb);
  const isOwnPause = isPause && doer !== null && lexicon.actors.reliefAgencies.has(doer.speaker);
  return {
    flows: isOfCounted ? flowsBefore(match.end) : flows,
    effect: isOwnPause ? null : effect,
    actor: doer?.speaker ?? null,
    isOwnPause,
    isElsewhere: isTagged && effect === 'passed' && lexicon.scope.has('anotherWay', words),
    isCounted: outcome.type === 'status' && lexicon.scope.has('dayCount', words),
  };
}

const actorSign = new RegExp(`${signs.actor}(\\d+)${signs.end}`, 'g');

/** The lorries of an aid agency carry no trade, nor do those of no stated kind where the sentence speaks of aid. */
function withoutTrade(
  { flows, isLoose }: ReturnType<CodableSentence['flowsIn']>,
  isVague: boolean,
  words: string,
  sentence: CodableSentence,
): readonly Flow[] {
  if (!flows.includes('commercial') || !(isLoose || flows.includes('aid_cargo'))) return flows;
  const { masked, voice } = sentence;
  const { reliefAgencies } = sentence.lexicon.actors;
  const stretch = isVague ? masked.text : words;
  const named = everyMatch(actorSign, stretch).map(([, number]) => masked.actors[Number(number)]);
  const heard = isVague ? [...named, ...voice.holders] : named;
  const isOfAid =
    heard.some((each) => reliefAgencies.has(each?.speaker ?? '')) || (isVague && speaksOfAidAlone(sentence));
  if (!isOfAid) return flows;
  return flow.options.filter(
    (each) => each === 'aid_cargo' || (flows.includes(each) && each !== 'commercial'),
  );
}

/** "44 trucks, mostly with wheat flour"; not "trucks of aid and of traders". */
function speaksOfAidAlone({ masked, flowsIn }: CodableSentence): boolean {
  const { flows, isLoose } = flowsIn(withActorNames(masked, masked.text));
  return !isLoose && flows.includes('aid_cargo') && !flows.includes('commercial');
}

/** The cue that tells the act. */
function verbOf(match: RuleMatch, text: string, flowsIn: CodableSentence['flowsIn']): Span {
  // "Transfers" and "ships" are no acts but whose they are.
  const acts = match.cues
    .filter((cue) => actForm.test(text.slice(cue.start, cue.end)))
    .filter((cue) => flowsIn(text.slice(cue.start, cue.end)).flows.length === 0);
  return acts[0] ?? keyCueOf(match, text);
}

const actForm = /^(?:\w+s|\w+ed|shut|cut|let|held|sent|brought|took|taken|went|left|is|are|was|were)(?: |$)/;

import { type Flow, type PassageEffect } from '#events';
import { type CodableSentence } from '../claims/codable-sentence.ts';
import { type Finding } from '../claims/claim.assembler.ts';
import { type NamedDay } from '../claims/date.resolver.ts';
import { keyCueOf } from '../claims/modality.reader.ts';
import { clauseAround } from './clause.ts';
import { doerOf } from './doer.reader.ts';
import { effectOf } from './effect.reader.ts';
import { type RuleMatch } from '../rules/rule.matcher.ts';
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
}

/** What a finding tells of traffic: whose, what was done to it, and by whom. */
export function passageOf(
  match: RuleMatch,
  outcome: Outcome,
  day: NamedDay | null,
  { lexicon, masked, flowsIn }: CodableSentence,
): Passage {
  const { text } = masked;
  const clause = clauseAround(text, match);
  const flows = flowsIn(withActorNames(masked, text.slice(clause.start, clause.end)));
  const effect = effectOf(match, outcome, day, text, lexicon.scope);
  const verb = verbOf(match, text);
  const isPause =
    outcome.status === 'blocked' && lexicon.scope.has('pause', text.slice(verb.start, verb.end));
  const doer = effect === null && !isPause ? null : doerOf(masked, clause, verb);
  const isOwnPause = isPause && doer !== null && lexicon.actors.reliefAgencies.has(doer.speaker);
  return { flows, effect: isOwnPause ? null : effect, actor: doer?.speaker ?? null, isOwnPause };
}

/** The cue that tells the act. */
function verbOf(match: RuleMatch, text: string): Span {
  const acts = match.cues.filter((cue) => actForm.test(text.slice(cue.start, cue.end)));
  return acts[0] ?? keyCueOf(match, text);
}

const actForm = /^(?:\w+s|\w+ed|shut|cut|let|held|sent|brought|took|taken|went|left|is|are|was|were)(?: |$)/;

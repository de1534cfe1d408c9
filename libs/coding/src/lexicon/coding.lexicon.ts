import { type ActorGazetteer, compileActors } from '../actors/actor.gazetteer.ts';
import { compileSpeech, type SpeechPatterns } from '../voices/speech.patterns.ts';
import { type CodingData } from './coding-data.schema.ts';
import { compileCues, type CueFinder } from '../rules/cue.finder.ts';
import { indexRules, type RuleIndex } from '../rules/rule.index.ts';
import { compileWordLists, type WordLists } from './word-lists.ts';
import { compileScope, type ScopePatterns } from '../claims/scope.ts';

/** A corridor whose name begins or ends with one of the heads may be called any of the references. */
export interface PassageClass {
  readonly heads: ReadonlySet<string>;
  readonly references: ReadonlySet<string>;
}

/** The data, compiled once for all the texts that it codes. */
export interface Lexicon {
  readonly words: WordLists;
  readonly actors: ActorGazetteer;
  readonly passageClasses: readonly PassageClass[];
  readonly speech: SpeechPatterns;
  readonly scope: ScopePatterns;
  readonly cues: CueFinder;
  readonly rules: RuleIndex;
  /** Those that hold without the corridor's name. */
  readonly topicalRules: RuleIndex;
}

export function compileLexicon(data: CodingData): Lexicon {
  const words = compileWordLists(data);
  const cues = compileCues(data.cues);
  return {
    words,
    actors: compileActors(data, words),
    passageClasses: data.passageClasses.map(({ heads, references }) => ({
      heads: new Set(heads),
      references: new Set(references),
    })),
    speech: compileSpeech(data),
    scope: compileScope(data),
    cues,
    rules: indexRules(data.rules, cues.numberOf),
    topicalRules: indexRules(
      data.rules.filter(({ isTopical }) => isTopical === true),
      cues.numberOf,
    ),
  };
}

import { type ActorGazetteer, compileActors } from './actor.gazetteer.ts';
import { compileSpeech, type SpeechPatterns } from './speech.patterns.ts';
import { type CodingData, type CueRule } from './coding-data.schema.ts';
import { type CueIndex, indexCues } from './cue.index.ts';
import { compilePatterns } from './cue.pattern.ts';
import { compileWordLists, type WordLists } from './word-lists.ts';
import { compileScope, type ScopePatterns } from './scope.ts';

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
  readonly cues: ReadonlyMap<string, RegExp>;
  readonly cueIndex: CueIndex;
  readonly rules: readonly CueRule[];
  /** Those that hold without the corridor's name. */
  readonly topicalRules: readonly CueRule[];
}

export function compileLexicon(data: CodingData): Lexicon {
  const words = compileWordLists(data);
  const cues = { C: ['C'], D: ['D'], B: ['B'], R: ['R'], M: ['M'], A: ['A'], ...data.cues };
  return {
    words,
    actors: compileActors(data, words),
    passageClasses: data.passageClasses.map(({ heads, references }) => ({
      heads: new Set(heads),
      references: new Set(references),
    })),
    speech: compileSpeech(data),
    scope: compileScope(data),
    cues: new Map(
      Object.entries(cues).map(([name, patterns]): [string, RegExp] => [name, compilePatterns(patterns)]),
    ),
    cueIndex: indexCues(cues),
    rules: data.rules,
    topicalRules: data.rules.filter(({ isTopical }) => isTopical === true),
  };
}

import { type ActorGazetteer, compileActors } from '../actors/actor.gazetteer.ts';
import { compileSpeech, type SpeechPatterns } from '../voices/speech.patterns.ts';
import { type CodingData } from './coding-data.schema.ts';
import { compileFlows, type FlowsIn } from '../passage/flow.reader.ts';
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
  readonly flowsIn: FlowsIn;
  /** For texts that their publisher tagged with the corridor, and for the others. */
  readonly rules: Readonly<Record<'tagged' | 'untagged', RuleSets>>;
}

/** Rules with the cues that they ask for, and no others: to look for a cue costs time in every sentence. */
export interface RuleSets {
  readonly cues: CueFinder;
  readonly all: RuleIndex;
  /** Those that hold without the corridor's name. */
  readonly topical: RuleIndex;
}

export function compileLexicon(data: CodingData): Lexicon {
  const words = compileWordLists(data);
  return {
    words,
    actors: compileActors(data, words),
    passageClasses: data.passageClasses.map(({ heads, references }) => ({
      heads: new Set(heads),
      references: new Set(references),
    })),
    speech: compileSpeech(data),
    scope: compileScope(data),
    flowsIn: compileFlows(data),
    rules: {
      tagged: ruleSets(data.cues, data.rules),
      untagged: ruleSets(
        data.cues,
        data.rules.filter(({ needsTag }) => needsTag !== true),
      ),
    },
  };
}

function ruleSets(data: CodingData['cues'], rules: CodingData['rules']): RuleSets {
  const asked = new Set<unknown>(rules.flatMap(({ steps, unless }) => [...steps, unless]));
  const cues = compileCues(Object.fromEntries(Object.entries(data).filter(([name]) => asked.has(name))));
  const topical = rules.filter(({ isTopical }) => isTopical === true);
  return { cues, all: indexRules(rules, cues.numberOf), topical: indexRules(topical, cues.numberOf) };
}

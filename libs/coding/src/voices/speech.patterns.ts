import { type CodingData } from '../lexicon/coding-data.schema.ts';
import { compilePatterns, sourceOf } from '../rules/cue.pattern.ts';
import { signs } from '../text/signs.ts';

/** The words of speaking, compiled. Those called `…Before` are tried at the end of what stands before a verb. */
export interface SpeechPatterns {
  readonly verb: RegExp;
  readonly participle: RegExp;
  /** "…, calling for", "a resolution calling for". */
  readonly participleLead: RegExp;
  readonly invertedVerbs: ReadonlySet<string>;
  readonly reporterVerbs: ReadonlySet<string>;
  /** They say something only with what follows them. */
  readonly softVerbs: ReadonlySet<string>;
  /** What "is" before it does not make passive. */
  readonly unpassive: RegExp;
  readonly adverbialBefore: RegExp;
  readonly actorsBefore: RegExp;
  readonly anaphorBefore: RegExp;
  /** "Its foreign ministry": of whom the sentence is about. */
  readonly ownOfficeBefore: RegExp;
  readonly selfBefore: RegExp;
  readonly unnamedBefore: RegExp;
  readonly unnamed: RegExp;
  readonly anaphorAfter: RegExp;
  readonly anaphorFirst: RegExp;
  /** Patterns whose first group holds the actors; their match covers the sentence on both sides. */
  readonly sources: readonly SourcePattern[];
  /** In titles: "remarks by X". */
  readonly bylines: readonly RegExp[];
  /** "Iran's threat to …": covers what follows. */
  readonly noun: RegExp;
}

interface SourcePattern {
  readonly pattern: RegExp;
  /** The one behind the one who reports. */
  readonly isCited: boolean;
}

export const actorSign = `${signs.actor}(\\d+)${signs.end}`;
/** One actor or several together. */
export const joint =
  `(?:the )?${actorSign}(?:'s?)?` +
  `(?:(?:, | and |, and | & | along with | together with | as well as |, as well as )(?:the )?${actorSign}){0,11}`;

export function compileSpeech({ words, phrases }: CodingData): SpeechPatterns {
  const anaphors = sourceOf(phrases.anaphor);
  const verbs = `(?:${words.speechVerb.join('|')})`;
  const nouns = `(?:${words.speechNoun.join('|')})`;
  const sourceNouns = `(?:${words.sourceNoun.join('|')})`;
  const bylineNouns = `(?:${words.bylineNoun.join('|')})`;
  const before = (subjects: string) => new RegExp(`(?:^|[^\\w'-])(${subjects})$`);
  const cited = (lead: string) => new RegExp(`\\b${lead} (?:[\\w'-]+ ){0,6}?(${joint})`, 'g');
  return {
    verb: new RegExp(
      `\\b(?:${verbs}|${sourceOf(phrases.speechAdjective)}|${sourceOf(phrases.lightVerb)}(?= (?:[\\w-]+ ){0,4}?(?:${nouns}|${words.demandNoun.join('|')})\\b))\\b`,
      'g',
    ),
    participle: new RegExp(`\\b(?:${words.speechParticiple.join('|')})\\b`, 'g'),
    participleLead: new RegExp(
      `(?:,| and| while| when| in| by| also| ${sourceNouns}| ${nouns}| resolution| bill| motion| petition| note)(?: \\w+ly| also)? $`,
    ),
    invertedVerbs: new Set(words.invertedVerb),
    reporterVerbs: new Set(words.reporterVerb),
    softVerbs: new Set(words.softVerb),
    unpassive: new RegExp(
      `^(?:${words.adjectivalParticiple.join('|')}|${sourceOf(phrases.speechAdjective)})$`,
    ),
    adverbialBefore: before(sourceOf(phrases.adverbial)),
    actorsBefore: new RegExp(`(${joint})(?: \\([^)]{1,40}\\))?(?:(?: \\w+)? ${sourceNouns}){0,2}$`),
    anaphorBefore: before(anaphors),
    ownOfficeBefore: before(sourceOf(phrases.ownOffice)),
    selfBefore: before(sourceOf(phrases.selfReference)),
    unnamedBefore: before(sourceOf(phrases.unnamedSource)),
    unnamed: compilePatterns(phrases.unnamedSource),
    anaphorAfter: new RegExp(`^ (?:the )?(${anaphors})\\b`),
    anaphorFirst: new RegExp(`^["' ]*${anaphors}\\b`),
    sources: [
      { pattern: cited(sourceOf(phrases.citing)), isCited: true },
      { pattern: new RegExp(`\\bquot(?:ed|es|ing) (${joint}) as`, 'g'), isCited: true },
      { pattern: cited(sourceOf(phrases.accordingTo)), isCited: false },
      { pattern: new RegExp(`\\b${sourceOf(phrases.reportedBy)} by (${joint})`, 'g'), isCited: false },
    ],
    bylines: [
      new RegExp(`\\b${bylineNouns}\\b[^:;]{0,60}? (?:by|from|of|with) (${joint})`),
      new RegExp(`(${joint})(?:'s?) (?:[\\w-]+ ){0,3}?${bylineNouns}\\b`),
    ],
    noun: new RegExp(
      `(?<owner>${joint})(?:'s? (?:[\\w-]+ ){0,2}?| )${nouns} (?=(?:\\w+ ){0,4}(?:that|to|for|of|on|over|about|against)\\b)` +
        `|\\b${nouns} (?:\\w+ ){0,3}?(?:by|from) (?<maker>${joint}) (?=(?:that|to|for|on|about|against)\\b)`,
      'g',
    ),
  };
}

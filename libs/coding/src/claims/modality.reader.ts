import { type Span } from '../text/masked-sentence.ts';
import { type RuleMatch } from '../rules/rule.matcher.ts';
import { governorsOf, type Modality, type ScopePatterns } from './scope.ts';
import { signs } from '../text/signs.ts';

/** In characters; a "will" that is further away governs something else. */
const governorReach = 60;
/** Where "if" may stand on either side of what it makes conditional. */
const conditionReach = 90;

/** How the verb of a match is said: the thing is so, will be so, or would be so (ruling 21 of the coding guide). */
export function modalityOf(scope: ScopePatterns, match: RuleMatch, text: string): Modality {
  const { rule, start, end } = match;
  const { has } = scope;
  const key = keyCueOf(match, text);
  const governors = governorsOf(scope, text, key.start).slice(-governorReach);
  switch (rule.type) {
    // Blame is laid now, whatever it is laid for.
    case 'condemnation':
      return 'asserted';
    case 'demand': {
      // "Unless they reopen it, X will …" asks by a threat.
      const around = text.slice(Math.max(0, start - conditionReach), end + conditionReach);
      const threat = text.slice(Math.max(0, start - conditionReach), end);
      if (has('condition', around) && (has('future', threat) || has('wouldBe', threat))) return 'conditional';
      return has('future', governors) ? 'future' : 'asserted';
    }
    case 'commitment': {
      const said = governors + text.slice(key.start, end);
      if (has('condition', text.slice(end, end + conditionReach)) || has('condition', governors))
        return 'conditional';
      if (has('future', said)) return 'future';
      return has('wouldBe', governors) ? 'conditional' : 'asserted';
    }
    case 'impact':
      // "Would otherwise have gone hungry" did not.
      if (has('counterfactual', governors)) return 'asserted';
      return plain(scope, governors + text.slice(key.start, key.end));
    case 'engagement':
      return plain(scope, governors + text.slice(key.start, key.end));
    case 'status':
    case 'denial':
    case 'incident':
      return plain(scope, governorsOf(scope, text, start).slice(-governorReach) + text.slice(start, end));
  }
}

/** The first cue of a match that is no corridor: its verb, mostly. */
export function keyCueOf({ cues, start, end }: RuleMatch, text: string): Span {
  return cues.find((cue) => !corridorSigns.includes(text[cue.start] ?? '')) ?? { start, end };
}

const corridorSigns: readonly string[] = [signs.passage, signs.blocked, signs.restricted];

function plain({ has }: ScopePatterns, text: string): Modality {
  if (has('future', text)) return 'future';
  return has('conditional', text.replace(monthOfMay, '').replace(permission, ''))
    ? 'conditional'
    : 'asserted';
}

/** "Only residents may pass" tells what is so. */
const permission =
  /\bmay(?= (?:pass|use|enter|cross|leave|go|come|sail|be let)\b)(?<=\b(?:only|no|none|nobody) [^,;]{0,60}may)/g;
/** "Since 6 May", "in May". */
const monthOfMay = /\b(?:\d{1,2}|in|since|of|until|by|during|from|through|early|late|mid) may\b|\bmay \d/g;

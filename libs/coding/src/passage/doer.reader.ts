import { type Actor } from '../actors/actor.finder.ts';
import { type MaskedSentence, type Span } from '../text/masked-sentence.ts';
import { signs } from '../text/signs.ts';
import { everyMatch } from '../text/every-match.ts';

const actorSign = new RegExp(`${signs.actor}(\\d+)${signs.end}`, 'g');
const agent = new RegExp(`\\bby (?:the |an? )?(?:[\\w-]+ ){0,2}?${signs.actor}(\\d+)${signs.end}`);
/** Whom these lead to is not the one who does it. */
const noDoer =
  /\b(?:by|with|from|to|of|for|in|at|on|into|near|against|between|through|via|inside|under|without) (?:the |an? )?$/;
/** "Norway says 300 people left": who says it has not left. */
const isSpeaker =
  /^ (?:says?|said|reports?|reported|announces?|announced|finds?|counts?|confirms?|confirmed|claims?|warns?|tells?|calls?)\b/;
const passiveLead = /\b(?:is|are|was|were|be|been|being|gets?|got)(?: \w+ly| again| then| also| now)? $/;
const participle = /^(?:\w+ed|shut|cut|let|held|sent|brought|taken|driven|stopped)\b/;

/** Who does what a clause tells: its subject, or whom "by" names in a passive; null where that is nobody with a name. */
export function doerOf({ text, actors }: MaskedSentence, clause: Span, verb: Span): Actor | null {
  const words = text.slice(clause.start, clause.end);
  const said = text.slice(verb.start, verb.end);
  const isPassive = participle.test(said) && passiveLead.test(text.slice(clause.start, verb.start));
  if (isPassive || beginsPassive.test(said)) {
    const by = agent.exec(text.slice(verb.end, clause.end));
    return by === null ? null : known(actors[Number(by[1])]);
  }
  const subjects = everyMatch(actorSign, words).filter(
    ({ 0: sign, index }) =>
      clause.start + index < verb.start &&
      !noDoer.test(words.slice(0, index)) &&
      !isSpeaker.test(words.slice(index + sign.length)),
  );
  return known(actors[Number(subjects.at(-1)?.[1])]);
}

const beginsPassive = /^(?:is|are|was|were|been|being) \w/;

function known(actor: Actor | undefined): Actor | null {
  return actor?.isKnown === true ? actor : null;
}

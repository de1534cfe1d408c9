import { type Actor } from '../actors/actor.finder.ts';
import { foldText } from '../text/folded-text.ts';
import { type MaskedSentence, maskSentence } from '../text/masked-sentence.ts';
import { actorSign, type SpeechPatterns } from './speech.patterns.ts';
import { type Holder, holdersOf } from './holder.reader.ts';
import { type Word } from '../text/word.tokenizer.ts';

/** Those in whose name a title says that the text speaks: "Remarks by …", "Minister Doe's statement", "Doe: …". */
export function bylineOf(
  speech: SpeechPatterns,
  title: string,
  words: readonly Word[],
  actors: readonly Actor[],
): readonly Holder[] {
  const sentence = { start: 0, end: title.length, paragraph: 0, turn: null };
  const masked = maskSentence(foldText(title), sentence, words, [], actors);
  for (const pattern of speech.bylines) {
    const match = pattern.exec(masked.text);
    if (match !== null)
      return groupOf(masked, match[1] ?? '', match.index + match[0].indexOf(match[1] ?? ''));
  }
  return [];
}

function groupOf(masked: MaskedSentence, group: string, start: number): readonly Holder[] {
  const numbers = [...group.matchAll(new RegExp(actorSign, 'g'))].map((match) => Number(match[1]));
  // Two officials of one state are one speaker, but which of them speaks a sentence the title does not tell.
  return holdersOf(masked, group, start).map(({ speaker, person }) => {
    const own = numbers.filter((number) => masked.actors[number]?.speaker === speaker);
    return { speaker, person: own.length === 1 ? person : null };
  });
}

import { type WordLists } from '../lexicon/word-lists.ts';
import { type Mention } from './corridor.gazetteer.ts';
import { stateOf } from './mention.kind.ts';
import { type Word } from '../text/word.tokenizer.ts';

/** "the closure of the Lachin corridor" and "the Lachin corridor's closure" name one state of one corridor. */
export function mergeStates(
  mentions: readonly Mention[],
  words: readonly Word[],
  lists: WordLists,
): readonly Mention[] {
  const merged: Mention[] = [];
  for (const mention of mentions) {
    const before = merged.at(-1);
    const joined = before === undefined ? null : joinedState(before, mention, words, lists);
    if (joined === null) merged.push(mention);
    else merged[merged.length - 1] = joined;
  }
  return merged.map((mention) => withState(mention, words, lists));
}

function joinedState(
  state: Mention,
  passage: Mention,
  words: readonly Word[],
  { linkWord }: WordLists,
): Mention | null {
  if (!isState(state) || isState(passage)) return null;
  const between = words.slice(state.to, passage.from);
  const isLinked = linkWord.has(between[0]?.text ?? '') && between.length <= 4;
  if (!isLinked || between.some(({ isJoined }) => !isJoined)) return null;
  return { ...passage, kind: state.kind, from: state.from };
}

function withState(mention: Mention, words: readonly Word[], lists: WordLists): Mention {
  if (isState(mention)) return mention;
  const isPossessive = words[mention.to]?.text === 's';
  const at = isPossessive ? mention.to + 1 : mention.to;
  const state = words[at]?.isJoined === true ? stateOf(words[at].text, lists) : undefined;
  return state === undefined || words[at]?.text === 'blocking'
    ? mention
    : { ...mention, kind: state, to: at + 1 };
}

function isState({ kind }: Mention): boolean {
  return kind === 'blocked' || kind === 'restricted';
}

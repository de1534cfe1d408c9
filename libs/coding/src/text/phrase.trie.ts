import { type Word } from './word.tokenizer.ts';

/** Phrases by their words, so that one walk over a text finds the longest at each place. */
export interface PhraseTrie<Entry> {
  readonly next: Map<string, PhraseTrie<Entry>>;
  readonly entries: Entry[];
}

export interface PhraseMatch<Entry> {
  readonly entries: readonly Entry[];
  /** Index of the word after the phrase. */
  readonly end: number;
}

export function emptyTrie<Entry>(): PhraseTrie<Entry> {
  return { next: new Map(), entries: [] };
}

/** The phrase MUST be folded. */
export function addPhrase<Entry>(trie: PhraseTrie<Entry>, phrase: string, entry: Entry): void {
  let node = trie;
  for (const word of phrase.split(' ')) {
    let next = node.next.get(word);
    if (next === undefined) node.next.set(word, (next = emptyTrie()));
    node = next;
  }
  if (node !== trie && !node.entries.includes(entry)) node.entries.push(entry);
}

export function longestPhrase<Entry>(
  trie: PhraseTrie<Entry>,
  words: readonly Word[],
  start: number,
): PhraseMatch<Entry> | null {
  let node: PhraseTrie<Entry> | undefined = trie;
  let longest: PhraseMatch<Entry> | null = null;
  for (let at = start; at < words.length; at++) {
    node = node.next.get(words[at]?.text ?? '');
    if (node === undefined) break;
    if (node.entries.length > 0) longest = { entries: node.entries, end: at + 1 };
  }
  return longest;
}

import { type WordName, wordNames } from './coding-data.lists.ts';
import { type CodingData } from './coding-data.schema.ts';

export type WordLists = Readonly<Record<WordName, ReadonlySet<string>>>;

export function compileWordLists({ words }: CodingData): WordLists {
  const lists = wordNames.map((name): [WordName, ReadonlySet<string>] => [name, new Set(words[name])]);
  return Object.fromEntries(lists) as WordLists;
}

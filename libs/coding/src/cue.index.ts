import { anchorsOf } from './cue.pattern.ts';

/** Tells which cues a text can hold at all, so that the many others cost nothing. */
export interface CueIndex {
  readonly cuesIn: (text: string) => ReadonlySet<string>;
}

export function indexCues(cues: Readonly<Record<string, readonly string[]>>): CueIndex {
  const byWord = new Map<string, Set<string>>();
  const byBeginning = new Map<string, { readonly beginning: string; readonly cue: string }[]>();
  const anywhere: string[] = [];
  for (const [cue, patterns] of Object.entries(cues)) {
    const anchors = patterns.map(anchorsOf);
    if (anchors.includes(null)) anywhere.push(cue);
    for (const anchor of anchors.flatMap((words) => words ?? [])) addAnchor(anchor, cue);
  }
  return { cuesIn };

  function addAnchor(anchor: string, cue: string): void {
    if (anchor.endsWith('*')) {
      const beginning = anchor.slice(0, -1);
      const key = beginning.slice(0, keyLength);
      byBeginning.set(key, [...(byBeginning.get(key) ?? []), { beginning, cue }]);
    } else byWord.set(anchor, (byWord.get(anchor) ?? new Set()).add(cue));
  }

  function cuesIn(text: string): ReadonlySet<string> {
    const found = new Set(anywhere);
    for (const [word] of text.matchAll(/\w+/g)) {
      for (const cue of byWord.get(word) ?? []) found.add(cue);
      for (const { beginning, cue } of byBeginning.get(word.slice(0, keyLength)) ?? [])
        if (word.startsWith(beginning)) found.add(cue);
    }
    return found;
  }
}

/** The shortest beginning that `anchorsOf` gives. */
const keyLength = 2;

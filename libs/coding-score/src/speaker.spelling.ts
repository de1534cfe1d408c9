/** Spellings of one and the same speaker; nothing here makes one of two. */
const spellings: ReadonlyMap<string, string> = new Map([
  ['us', 'united states'],
  ['u.s', 'united states'],
  ['usa', 'united states'],
  ['united states of america', 'united states'],
  ['uk', 'united kingdom'],
  ['u.k', 'united kingdom'],
  ['great britain', 'united kingdom'],
  ['britain', 'united kingdom'],
  ['un', 'united nations'],
  ['u.n', 'united nations'],
  ['eu', 'european union'],
  ['e.u', 'european union'],
  ['russian federation', 'russia'],
  ['republic of armenia', 'armenia'],
  ['republic of azerbaijan', 'azerbaijan'],
  ['turkiye', 'turkey'],
  ['republic of turkiye', 'turkey'],
  ['islamic republic of iran', 'iran'],
  ['international committee of red cross', 'icrc'],
  ['international committee of the red cross', 'icrc'],
  ['un ocha', 'ocha'],
  ['unocha', 'ocha'],
  ['uae', 'united arab emirates'],
  ['world food program', 'wfp'],
  ['world food programme', 'wfp'],
]);

/** Whether two names are the same but for accents, case, an article, a possessive or a common short form. */
export function isSameName(one: string | null, other: string | null): boolean {
  return one === null || other === null ? one === other : plainName(one) === plainName(other);
}

function plainName(name: string): string {
  const plain = name
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[\u2010-\u2015]/g, '-')
    .replace(/[’']s?\b/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^the\s+/, '')
    .replace(/\.$/, '');
  return spellings.get(plain) ?? plain;
}

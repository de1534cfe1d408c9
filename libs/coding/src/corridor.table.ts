/** Version 1 of the words for passages and for their state, folded. */

/** The class of a corridor: "the road" can stand for what is called a road. */
export const headNouns: ReadonlySet<string> = new Set(
  (
    'corridor road route crossing strait highway passage gate terminal pier bridge border waterway initiative deal ' +
    'lifeline link channel roads routes crossings'
  ).split(' '),
);

/** Nouns that name a state, and the state. */
export const stateNouns: ReadonlyMap<string, 'blocked' | 'restricted'> = new Map([
  ['blockade', 'blocked'],
  ['siege', 'blocked'],
  ['closure', 'blocked'],
  ['blockage', 'blocked'],
  ['blocking', 'blocked'],
  ['shutdown', 'blocked'],
  ['restrictions', 'restricted'],
]);

/** They take a territory as their object. */
export const siegeWords: ReadonlySet<string> = new Set(['blockaded', 'besieged', 'blockading', 'besieging']);

export const determiners: ReadonlySet<string> = new Set(
  'the this that these those its their his our such s said same'.split(' '),
);

/** After a noun they lead to what it is about. */
export const linkWords: ReadonlySet<string> = new Set(
  'of on against at along in to through around'.split(' '),
);

/** How far a "the road" may be from the last time its corridor was named, in sentences. */
export const anaphorSentencesMax = 12;

/** How long a corridor stays in focus for a sentence that names none. */
export const focusSentencesMax = 2;

/** Words whose full stop ends no sentence. */
export const abbreviations: ReadonlySet<string> = new Set(
  (
    'mr mrs ms dr prof sen rep gov gen col lt sgt capt cmdr adm maj st mt hon rev jr sr messrs ' +
    'jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun ' +
    'no nos vs etc e.g i.e cf approx est dept fig vol art para sec ' +
    'inc co corp ltd u.s u.n u.k e.u u.s.a u.a.e a.m p.m d.c ph.d'
  ).split(' '),
);

/** After these a capital mostly begins a new sentence. */
export const openAbbreviations: ReadonlySet<string> = new Set(
  'u.s u.n u.k e.u u.s.a u.a.e a.m p.m d.c etc inc co corp ltd jr sr'.split(' '),
);

/** Words that begin sentences and seldom stand inside a name. */
export const sentenceOpeners: ReadonlySet<string> = new Set(
  (
    'the a an this that these those it he she they we i you but and or so yet in on at by for from with as after ' +
    'before since while when if although though however meanwhile moreover also there here its his her their our my ' +
    'no not what who how why where which earlier later today yesterday both all some many most few such'
  ).split(' '),
);

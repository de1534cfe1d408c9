/** Version 1 of the words of speaking. All folded. */

const words = (list: string) => list.trim().split(/\s+/);

/** Finite forms that say whose view follows. */
export const speechVerbs: readonly string[] = words(`
  said says say told tells stated states added adds noted notes announced announces declared declares reported reports
  claimed claims argued argues insisted insists stressed stresses underlined underlines underscored underscores
  emphasized emphasised emphasizes warned warns reiterated reiterates reaffirmed reaffirms affirmed affirms confirmed
  confirms explained explains tweeted wrote writes posted acknowledged acknowledges admitted admits conceded denied
  denies deny rejected rejects reject dismissed dismisses refuted refutes alleged alleges accused accuses accuse
  recalled maintained maintains indicated indicates suggested suggests charged believes believe
  called calls call urged urges urge demanded demands demand appealed appeals appeal asked asks requested requests
  pressed ordered orders insist
  condemned condemns condemn denounced denounces denounce deplored deplores criticised criticized criticises
  criticizes slammed slams blasted blasts blamed blames blame
  vowed vows vow pledged pledges pledge promised promises promise agreed agrees agree committed offered offers
  threatened threatens proclaimed expressed voiced welcomed quoted
`);

/** Forms that may stand before their subject at the end of a sentence: "…, said X". */
export const invertedVerbs: ReadonlySet<string> = new Set(
  words(
    'said says told added stated noted wrote tweeted explained insisted warned stressed argued reported claimed',
  ),
);

/** Words between a subject and its verb. */
export const adverbials =
  '(?:\\w+ly|has|have|had|is|are|was|were|also|again|then|later|earlier|today|yesterday|once|jointly|in turn|meanwhile|' +
  'all|both|even|since|been|would|will|continues? to|on several occasions|' +
  '(?:late |early )?on \\w+(?: \\w+)?|in (?:a|an|the|its|his|their) (?:\\w+ ){0,3}\\w+|last (?:week|month|year|night))';

/** Subjects that stand for the last speaker. */
export const anaphors =
  '(?:he|she|they|it|who|the (?:\\w+ )?(?:ministry|minister|spokesperson|spokesman|spokeswoman|president|government|' +
  'official|officials|statement|secretary|ambassador|two|sides|leaders|experts|department|embassy|ministers|agency|' +
  'organi[sz]ation|court|envoy|diplomat|premier))';

/** Subjects that stand for the one who speaks anyway. */
export const selfReferences = '(?:we|i|our \\w+)';

/** Subjects without a name: the publisher answers for what they say. */
export const unnamedSources =
  '(?:analysts?|experts?|sources?|observers?|critics|residents|locals|witnesses|reports?|officials|protesters|media)';

/** What stands for corridors and actors in a masked sentence: private use, which folding removes from texts. */
export const signs = {
  passage: '\ue000',
  agreement: '\ue004',
  blocked: '\ue001',
  restricted: '\ue003',
  actor: '\ue002',
  end: '\ue00f',
};

/** Inside a character class: a sign for the passage itself, and one for any mention of a corridor. */
export const passageSigns = `${signs.passage}${signs.agreement}`;
export const mentionSigns = `${passageSigns}${signs.blocked}${signs.restricted}`;

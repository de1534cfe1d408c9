/** What stands for corridors and actors in a masked sentence: private use, which folding removes from texts. */
export const signs = {
  passage: '\ue000',
  blocked: '\ue001',
  restricted: '\ue003',
  actor: '\ue002',
  end: '\ue00f',
};

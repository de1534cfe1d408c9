export const exitCodes = {
  done: 0,
  /** Some lines were bad; the others are coded. */
  someLinesBad: 1,
  /** A wrong option or a bad file; nothing was done. */
  cannotStart: 2,
} as const;

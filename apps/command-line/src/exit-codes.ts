export const exitCodes = {
  done: 0,
  /** Some lines or statements were bad; with the others it was done. */
  someLinesBad: 1,
  /** A wrong option or a bad file; nothing was done. */
  cannotStart: 2,
  /** What the command works with could not be started, or broke off; there is no result. */
  brokeOff: 3,
} as const;

/** What the exit code of `verify` says; `--help` and the README list them. */
export const verifyExitCodes = {
  verified: 0,
  /** Altered, cut off, forged, or signed by no key that is trusted. */
  refused: 1,
  /** A wrong option, or a file that is not what it should be; nothing was verified. */
  cannotStart: 2,
  /** The log signed a head that does not go on from one that was trusted before. */
  otherHistory: 3,
  /** It holds in itself; that it goes on from the head that was trusted before, nothing shows. */
  unconnected: 4,
} as const;

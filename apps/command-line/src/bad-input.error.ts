/** What somebody gave us keeps the command from starting; the message names the file and the place in it. */
export class BadInputError extends Error {
  override readonly name = 'BadInputError';
}

import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the heads that were trusted are kept, by the XDG base directory specification. */
export function defaultStateFolder(): string {
  // eslint-disable-next-line @typescript-eslint/prefer-nullish-coalescing -- an empty setting counts as none there
  const states = process.env['XDG_STATE_HOME'] || join(homedir(), '.local/state');
  return join(states, 'corridor-watch');
}

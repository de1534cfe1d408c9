import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Jest loads its global setup with Node's own resolver, which knows nothing of the condition `source`: without
 * this, `#ledger` would be whatever was built last.
 */
export function resolveRoomsToTheirSource(): void {
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const room = /^#([a-z-]+)$/.exec(specifier)?.[1];
      if (room === undefined || context.parentURL?.includes('/node_modules/'))
        return nextResolve(specifier, context);
      const source = join(import.meta.dirname, '../../libs', room, 'src/index.ts');
      return { url: pathToFileURL(source).href, shortCircuit: true };
    },
  });
}

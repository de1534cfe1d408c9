import { rulesCoder, type Coder } from '#coding';

/** The first that reads a text's language codes it, at intake and when it is coded again. */
export const coders: readonly [Coder, ...Coder[]] = [rulesCoder];

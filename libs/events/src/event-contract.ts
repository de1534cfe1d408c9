import { type z } from 'zod';

/**
 * What an event type promises: the schema of its current version, the steps that lift older versions to it,
 * the key that orders it, and whether its payload names persons and so must be erasable.
 */
export interface EventContract<Type extends string = string, Schema extends z.ZodType = z.ZodType> {
  readonly type: Type;
  readonly version: number;
  readonly schema: Schema;
  /** `upcasters[n]` lifts a payload of version n + 1 to version n + 2. */
  readonly upcasters: readonly ((payload: unknown) => unknown)[];
  /** Events with the same key reach every consumer in ledger order. */
  readonly keyOf: (payload: z.output<Schema>) => string;
  /** An erasable payload lives in a row of its own that a redaction may remove; the leaf keeps its hash. */
  readonly erasable: boolean;
}

export function defineEvent<const Type extends string, Schema extends z.ZodType>(contract: {
  type: Type;
  version: number;
  schema: Schema;
  upcasters?: readonly ((payload: unknown) => unknown)[];
  keyOf: (payload: z.output<Schema>) => string;
  erasable?: boolean;
}): EventContract<Type, Schema> {
  const upcasters = contract.upcasters ?? [];
  if (upcasters.length !== contract.version - 1) {
    throw new Error(`${contract.type}: version ${contract.version} needs ${contract.version - 1} upcasters`);
  }
  return { ...contract, upcasters, erasable: contract.erasable ?? false };
}

import { type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { type z } from 'zod';
import { InvalidInputError, type FieldFault } from './problem.ts';

/** Checks every `@Body({ schema })`, `@Query({ schema })` and `@Param(name, { schema })`; nothing else. */
export const validationPipe: PipeTransform = {
  transform: (value: unknown, { schema, data }: ArgumentMetadata) =>
    schema === undefined ? value : parseInput(schema as z.ZodType, value, data === undefined ? [] : [data]),
};

/**
 * @param at where the input stands, as a path that the pointers begin with
 * @throws InvalidInputError with a JSON pointer for every fault
 */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  at: readonly string[] = [],
): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new InvalidInputError(parsed.error.issues.flatMap((issue) => faultsOf(issue, at)));
}

function faultsOf(issue: z.core.$ZodIssue, at: readonly string[]): FieldFault[] {
  const path = [...at, ...issue.path];
  if (issue.code !== 'unrecognized_keys') return [{ pointer: pointerOf(path), message: issue.message }];
  return issue.keys.map((key) => ({ pointer: pointerOf([...path, key]), message: 'is not a known field' }));
}

/** RFC 6901. */
function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

import { StandardSchemaValidationPipe } from '@nestjs/common';
import { type StandardSchemaV1 } from '@standard-schema/spec';
import { type z } from 'zod';
import { InvalidInputError, type FieldFault } from './problem.ts';

/** Checks every `@Body({ schema })`, `@Query({ schema })` and `@Param(…, { schema })`; nothing else. */
export const validationPipe = new StandardSchemaValidationPipe({
  exceptionFactory: (issues) => new InvalidInputError(issues.flatMap(faultsOf)),
});

/** @throws InvalidInputError with a JSON pointer for every fault */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new InvalidInputError(parsed.error.issues.flatMap(faultsOf));
}

function faultsOf(issue: StandardSchemaV1.Issue & { code?: string; keys?: readonly string[] }): FieldFault[] {
  const pointer = pointerOf(issue.path ?? []);
  if (issue.code === 'unrecognized_keys' && issue.keys !== undefined) {
    return issue.keys.map((key) => ({
      pointer: `${pointer}/${escape(key)}`,
      message: 'is not a known field',
    }));
  }
  return [{ pointer, message: issue.message }];
}

/** RFC 6901. */
function pointerOf(path: readonly (PropertyKey | StandardSchemaV1.PathSegment)[]): string {
  return path
    .map((segment) => `/${escape(String(typeof segment === 'object' ? segment.key : segment))}`)
    .join('');
}

function escape(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

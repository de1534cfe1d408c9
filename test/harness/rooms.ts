import { type SchemaMigrations } from '#platform';

/** The rooms whose tables the template database holds, in the order in which they are migrated. */
export const rooms: readonly SchemaMigrations[] = [];

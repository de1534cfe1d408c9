import { type Claim, type CorridorDefinition } from '#events';

export interface CodableStatement {
  readonly statementId: string;
  readonly publisher: string;
  /** RFC 3339 instant. */
  readonly publishedAt: string;
  readonly title: string | null;
  readonly language: string | null;
  /** Corridor ids that the publisher itself tagged. */
  readonly about: readonly string[];
  readonly body: string;
}

export interface CodableCorridor extends Pick<
  CorridorDefinition,
  'name' | 'names' | 'aliases' | 'contextAliases' | 'parties'
> {
  readonly id: string;
}

export interface CodedClaim extends Claim {
  readonly corridor: string;
}

/** Text to claims. MUST be pure: the same text and corridors give the same claims, ids included. */
export interface Coder {
  /** `name/version`, recorded on every claim. */
  readonly id: string;
  /** SHA-256 in hex of the tables and rules it codes by, recorded on every claim. */
  readonly data: string;
  /** BCP 47 primary languages that it reads, in lower case. */
  readonly languages: readonly string[];
  code(statement: CodableStatement, corridors: readonly CodableCorridor[]): readonly CodedClaim[];
}

export function speaks({ languages }: Pick<Coder, 'languages'>, language: string): boolean {
  return languages.includes(language.toLowerCase().split('-')[0] ?? '');
}

/** The first of the coders that reads the language; null leaves the text to people. */
export function coderFor(coders: readonly Coder[], language: string | null): Coder | null {
  return coders.find((coder) => speaks(coder, language ?? 'en')) ?? null;
}

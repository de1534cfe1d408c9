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
  code(statement: CodableStatement, corridors: readonly CodableCorridor[]): readonly CodedClaim[];
}

import { type CodableCorridor, type CodableStatement, type CodedClaim } from './coder.ts';
import { rulesCoder } from './rules-coder.ts';

/** Corridors as a registry would hold them; the statements in the tests are our own sentences. */
export const corridors: readonly CodableCorridor[] = [
  {
    id: 'lachin-corridor',
    name: 'Lachin corridor',
    names: { hy: 'Բերձորի միջանցք' },
    aliases: ['Berdzor corridor', 'Lachin road', 'Artsakh blockade', 'blockade of Nagorno-Karabakh'],
    contextAliases: ['the road', 'the corridor', 'the blockade'],
    parties: ['Armenia', 'Azerbaijan', 'Russia'],
  },
  {
    id: 'rafah-crossing',
    name: 'Rafah crossing',
    names: {},
    aliases: ['Rafah border crossing'],
    contextAliases: ['the crossing'],
    parties: ['Egypt', 'Israel'],
  },
];

export function statement(body: string, more: Partial<CodableStatement> = {}): CodableStatement {
  return {
    statementId: '6f1c2a52-4a1e-4c7e-9d0a-0d2b1f6f4c11',
    publisher: 'Morning Post',
    // A Friday.
    publishedAt: '2023-01-20T17:00:00Z',
    title: null,
    language: 'en',
    about: [],
    body,
    ...more,
  };
}

/** "status blocked France": what a test says about a claim. */
export function said({ type, status, speaker, modality }: CodedClaim): string {
  const words = [type, status, speaker, modality === 'asserted' ? null : modality];
  return words.filter((word) => word !== null).join(' ');
}

/** Given a text, what is claimed in it. */
export function given(
  body: string,
  more: Partial<CodableStatement> = {},
  known: readonly CodableCorridor[] = corridors,
) {
  const claims = rulesCoder.code(statement(body, more), known);
  return {
    claims,
    thenClaims: (...expected: readonly string[]) => {
      expect(claims.map(said)).toEqual(expected);
    },
    thenClaimsAmongOthers: (...expected: readonly string[]) => {
      expect(claims.map(said)).toEqual(expect.arrayContaining([...expected]));
    },
    thenNothing: () => {
      expect(claims.map(said)).toEqual([]);
    },
  };
}

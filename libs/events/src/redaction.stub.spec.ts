import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contractOf, redactedText, stubOf, upcast, type PayloadOf, type Redaction } from './index.ts';

interface Fixture {
  readonly type: string;
  readonly schemaVersion: number;
  readonly payload: Record<string, unknown>;
}

const folder = join(import.meta.dirname, '../../ledger/fixtures');
const fixtures = readdirSync(folder)
  .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Fixture)
  .filter(({ type, schemaVersion }) => schemaVersion === contractOf(type).version);

const told = { ownAct: false, lasting: false, spanning: false, variant: 0, sameWordsAs: [] };
const position = 7;

function redactionOf({ payload }: Fixture): Redaction {
  const {
    claim,
    claims = claim === undefined ? [] : [claim],
    evidence,
  } = payload as {
    claim?: { claimId: string };
    claims?: readonly { claimId: string }[];
    evidence?: readonly { statementId: string }[];
  };
  return {
    statementId: evidence?.[0]?.statementId ?? String(payload['statementId']),
    wording: '6f1c2a52-6b2e-4b55-9c0e-0a1b2c3d4e5f',
    claims: claims.map(({ claimId }) => ({ position, claimId, told })),
  };
}

function stubbed(fixture: Fixture, payload: unknown = fixture.payload): unknown {
  const event = { type: fixture.type, payload, position } as Parameters<typeof stubOf>[0];
  return stubOf(event, redactionOf(fixture));
}

it.each(fixtures)('a stub of $type keeps the contract, and is its own stub', (fixture) => {
  const stub = stubbed(fixture);
  expect(contractOf(fixture.type).schema.parse(stub)).toEqual(stub);
  expect(stubbed(fixture, stub)).toEqual(stub);
});

const wordy = [
  ['StatementReceived', ['body', 'title', 'remoteAddress']],
  ['StatementCoded', ['quote', 'speakerName', 'title']],
  ['ClaimReviewed', ['quote', 'speakerName', 'title', 'note']],
  ['ClaimAdded', ['quote', 'speakerName', 'title', 'note']],
  ['StatementReviewed', ['note']],
  ['StatementRetracted', ['reason']],
  ['StatusAssessed', ['reason']],
  ['AssessmentWithdrawn', ['reason']],
  ['CorridorStatusChanged', ['quote']],
  ['CorridorStatusCorrected', ['quote']],
] as const;

it.each(wordy)('a stub of %s has no words in %s, and all else as it was', (type, names) => {
  const fixture = fixtures.find((each) => each.type === type);
  const said = (value: unknown, keep: boolean): string =>
    JSON.stringify(value, (name, part: unknown) => {
      if (name === 'redacted') return undefined;
      if (!(names as readonly string[]).includes(name)) return part;
      return keep && part !== null && part !== redactedText ? part : undefined;
    });
  const stub = stubbed(fixture!);
  expect(said(stub, true)).toBe(said(stub, false));
  expect(said(stub, false)).toBe(said(fixture!.payload, false));
});

it('takes from a decision the words of that statement alone', () => {
  const { payload } = fixtures.find(({ type }) => type === 'CorridorStatusChanged')!;
  const decision = upcast('CorridorStatusChanged', 2, payload) as PayloadOf<'CorridorStatusChanged'>;
  const [item] = decision.evidence;
  const other = { ...item!, statementId: '00000000-0000-4000-8000-000000000000' };
  const redaction = { statementId: item!.statementId, wording: item!.statementId, claims: [] };
  const stub = stubOf(
    { type: 'CorridorStatusChanged', position, payload: { ...decision, evidence: [item!, other] } },
    redaction,
  );
  expect(stub).toMatchObject({ evidence: [{ quote: redactedText, redacted: true }, other] });
});

it('refuses a claim of which it is not known what its words told', () => {
  const { payload } = fixtures.find(({ type }) => type === 'ClaimAdded')!;
  const redaction = { statementId: String(payload['statementId']), wording: '', claims: [] };
  expect(() =>
    stubOf({ type: 'ClaimAdded', position, payload: payload as PayloadOf<'ClaimAdded'> }, redaction),
  ).toThrow(RangeError);
});

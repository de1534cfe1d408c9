import { specificationOf } from '../command-handling/given-when-then.fixture.ts';
import { disappearanceDecider } from './disappearance.decider.ts';

const given = specificationOf(disappearanceDecider);
const statementId = '5f0c0e38-6f0e-5d7e-9a53-0c1f2f0b7a11';
const herald = '7d9b2f0e-0a53-5c1a-8d55-0f4f1f5d2a10';
const agency = '9a1e6c1c-44b4-5d6f-a0a0-8a7b0f6d3c22';
const missedBy = (source = herald) => ({
  statementId,
  source,
  url: null,
  reason: 'not_listed' as const,
  lastSeenAt: '2023-01-20T17:00:00Z',
});
const foundBy = (source = herald) => ({ statementId, source });

it('marks a statement that can no longer be found, once', () => {
  const missed = { type: 'StatementDisappeared' as const, payload: missedBy() };
  given().when({ kind: 'miss', missed: missedBy() }).then(missed);
  given(missed).when({ kind: 'miss', missed: missedBy() }).thenNothing();
});

it('marks one that is back, and only where it was missed', () => {
  const missed = { type: 'StatementDisappeared' as const, payload: missedBy() };
  const found = { type: 'StatementReappeared' as const, payload: foundBy() };
  given().when({ kind: 'find', found: foundBy() }).thenNothing();
  given(missed).when({ kind: 'find', found: foundBy() }).then(found);
  given(missed)
    .when({ kind: 'find', found: foundBy(agency) })
    .thenNothing();
  given(missed, found).when({ kind: 'miss', missed: missedBy() }).then(missed);
});

it('tells sources apart', () => {
  const missed = { type: 'StatementDisappeared' as const, payload: missedBy() };
  const other = { type: 'StatementDisappeared' as const, payload: missedBy(agency) };
  given(missed)
    .when({ kind: 'miss', missed: missedBy(agency) })
    .then(other);
});

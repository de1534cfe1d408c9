import { valleyReference } from './reference.fixture.ts';
import { statementsOf } from './reference.statements.ts';

const source = 'https://www.valley-herald.example/a';

it('makes statements of facts and disputed claims, in the order of their days', () => {
  const reference = valleyReference({
    segments: [
      {
        from: '2023-01-01',
        to: '2023-01-03',
        status: 'open',
        evidence: [
          { date: '2023-01-03', fact: 'Cars pass', source },
          { date: '2023-01-01', fact: 'Lorries pass!', source: 'no address' },
        ],
      },
    ],
    disputed: [{ date: '2023-01-02', speaker: 'A party', claims: 'blocked', claim: 'all is shut', source }],
  });
  expect(statementsOf(reference)).toEqual([
    {
      publisher: 'unknown',
      url: 'no address',
      publishedAt: '2023-01-01T12:00:00Z',
      about: ['valley-road'],
      body: 'Lorries pass!',
    },
    {
      publisher: 'valley-herald.example',
      url: source,
      publishedAt: '2023-01-02T12:00:00Z',
      about: ['valley-road'],
      body: 'A party: all is shut.',
    },
    {
      publisher: 'valley-herald.example',
      url: source,
      publishedAt: '2023-01-03T12:00:00Z',
      about: ['valley-road'],
      body: 'Cars pass.',
    },
  ]);
});

it('makes one statement of a fact that stands in two segments', () => {
  const evidence = [{ date: '2023-01-03', fact: 'Cars pass', source }];
  const reference = valleyReference({
    segments: [
      { from: '2023-01-01', to: '2023-01-03', status: 'open', evidence },
      { from: '2023-01-04', to: '2023-01-04', status: 'blocked', evidence },
    ],
  });
  expect(statementsOf(reference)).toHaveLength(1);
});

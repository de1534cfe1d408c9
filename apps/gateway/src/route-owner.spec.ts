import { ownerOf } from './route-owner.ts';

it.each([
  ['POST', '/v1/statements', 'ingestion'],
  ['POST', '/v1/statements/batch', 'ingestion'],
  ['GET', '/v1/statements/0b0e', 'ingestion'],
  ['POST', '/v1/statements/0b0e/claims', 'ingestion'],
  ['GET', '/v1/claims', 'ingestion'],
  ['POST', '/v1/claims/0b0e/review', 'ingestion'],
  ['GET', '/v1/corridors?bbox=46,39,47,40', 'blockadeStatus'],
  ['GET', '/v1/corridors/lachin-corridor/claims', 'blockadeStatus'],
  ['GET', '/v1/corridors/lachin-corridor/positions', 'blockadeStatus'],
  ['GET', '/v1/corridors/lachin-corridor/incidents', 'blockadeStatus'],
  ['GET', '/v1/corridors/lachin-corridor/impacts', 'blockadeStatus'],
  ['GET', '/v1/corridors/lachin-corridor/expectations', 'blockadeStatus'],
  ['GET', '/v1/corridors/lachin-corridor/summary', 'blockadeStatus'],
  ['PUT', '/v1/publishers/A%20Paper', 'ingestion'],
  ['POST', '/v1/sources/0b0e/poll', 'ingestion'],
  ['PUT', '/v1/corridors/lachin-corridor', 'ingestion'],
  ['POST', '/v1/corridors/lachin-corridor/assessments', 'ingestion'],
  ['GET', '/v1/corridors/lachin-corridor/assessments', 'ingestion'],
  ['POST', '/v1/assessments/0b0e/withdrawal', 'ingestion'],
  ['GET', '/v1/publishers', 'ingestion'],
  ['GET', '/v1/corridors/lachin-corridor', 'blockadeStatus'],
  ['GET', '/v1/corridors/lachin-corridor/status', 'blockadeStatus'],
  ['GET', '/v1/changes', 'blockadeStatus'],
  ['POST', '/v1/webhooks', 'notification'],
  ['POST', '/v1/deliveries/1/redeliver', 'notification'],
  ['GET', '/', 'blockadeStatus'],
])('sends %s %s to its owner', (method, path, owner) => {
  expect(ownerOf(method, path)).toBe(owner);
});

import { rotated } from './secret-rotation.ts';

const hour = 3_600_000;

describe('rotating a secret', () => {
  it('lets the old one sign on for the overlap', () => {
    expect(rotated([{ sealed: 'old', expiresAtMs: null }], 'new', 24 * hour, 1_000)).toEqual([
      { sealed: 'new', expiresAtMs: null },
      { sealed: 'old', expiresAtMs: 1_000 + 24 * hour },
    ]);
  });

  it('drops every old one at once without an overlap', () => {
    const secrets = [
      { sealed: 'old', expiresAtMs: null },
      { sealed: 'older', expiresAtMs: 5 * hour },
    ];
    expect(rotated(secrets, 'new', 0, 1_000)).toEqual([{ sealed: 'new', expiresAtMs: null }]);
  });

  it('prolongs no earlier overlap, drops what has expired and keeps three at most', () => {
    const secrets = [
      { sealed: 'b', expiresAtMs: null },
      { sealed: 'a', expiresAtMs: 2 * hour },
      { sealed: 'gone', expiresAtMs: 10 },
      { sealed: 'surplus', expiresAtMs: 3 * hour },
    ];
    expect(rotated(secrets, 'c', 24 * hour, 1_000)).toEqual([
      { sealed: 'c', expiresAtMs: null },
      { sealed: 'b', expiresAtMs: 1_000 + 24 * hour },
      { sealed: 'a', expiresAtMs: 2 * hour },
    ]);
  });
});

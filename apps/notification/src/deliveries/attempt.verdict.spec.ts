import { type Answered } from '../sending/webhook.sender.ts';
import { verdictOf } from './attempt.verdict.ts';

function answered(status: number, retryAfter: string | null = null): Answered {
  return { kind: 'answered', status, retryAfter, excerpt: '', bodyBroken: false, durationMs: 3 };
}

describe('the verdict on an attempt', () => {
  it.each([200, 201, 202, 204, 299])('is delivered for %d', (status) => {
    expect(verdictOf(answered(status), 0)).toEqual({ kind: 'delivered' });
  });

  it.each([400, 413, 415, 422])('blames the message for %d', (status) => {
    expect(verdictOf(answered(status), 0)).toEqual({ kind: 'message_fault', code: `http_${status}` });
  });

  it.each([401, 403, 404, 405, 408, 409, 425, 429, 451, 500, 502, 503, 599])(
    'blames the endpoint for %d',
    (status) => {
      expect(verdictOf(answered(status), 0)).toMatchObject({
        kind: 'endpoint_fault',
        code: `http_${status}`,
      });
    },
  );

  it.each([301, 302, 303, 307, 308])('says that %d was not followed', (status) => {
    expect(verdictOf(answered(status), 0)).toMatchObject({
      kind: 'endpoint_fault',
      code: 'redirect_not_followed',
    });
  });

  it('believes a 410 at once', () => {
    expect(verdictOf(answered(410), 0).kind).toBe('gone');
  });

  it('carries Retry-After', () => {
    expect(verdictOf(answered(429, '9'), 0)).toMatchObject({ retryAfterMs: 9_000 });
  });

  it('doubts the outcome once the body was sent', () => {
    const unanswered = { kind: 'unanswered', code: 'reset', detail: '', durationMs: 1 } as const;
    expect(verdictOf({ ...unanswered, bodySent: true }, 0)).toMatchObject({ outcomeUnknown: true });
    expect(verdictOf({ ...unanswered, bodySent: false }, 0)).toMatchObject({ outcomeUnknown: false });
  });
});

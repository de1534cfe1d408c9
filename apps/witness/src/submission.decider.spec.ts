import fc from 'fast-check';
import { type VerifierKey } from '#proofs';
import { smallLog, type SmallLog } from '../test/small-log.ts';
import { readSubmission } from './submission.ts';
import { type Head, judge, noHead, type Verdict } from './submission.decider.ts';

const origin = 'ledger.example/valley';
const log = smallLog(origin);

/** What the witness makes of one submission after another. */
function given(...bodies: readonly string[]) {
  return {
    then: (body: string, keys: readonly VerifierKey[] = [log.key.verifierKey]): Verdict =>
      judge(readSubmission(Buffer.from(body)), keys, bodies.reduce(after, noHead)),
  };
}

function after(head: Head, body: string): Head {
  const verdict = judge(readSubmission(Buffer.from(body)), [log.key.verifierKey], head);
  if (verdict.kind !== 'cosign') throw new Error('What was given must be cosigned');
  return verdict.opened.checkpoint;
}

function altered(body: string, line: number, text: string): string {
  return body
    .split('\n')
    .map((each, index) => (index + 1 === line ? text : each))
    .join('\n');
}

const hash = Buffer.alloc(32, 7).toString('base64');

it('cosigns the first checkpoint that it sees of a log, whatever its size', () => {
  expect(given().then(log.submission(0, 5))).toMatchObject({
    kind: 'cosign',
    opened: { checkpoint: { size: 5 } },
  });
});

it('cosigns whatever extends what it cosigned before', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(40), { minLength: 1, maxLength: 6 }), (steps) => {
      let size = 0;
      let head: Head = noHead;
      for (const step of steps) {
        head = after(head, log.submission(size, size + step));
        size += step;
      }
      expect(head.size).toBe(size);
    }),
  );
});

it('cosigns the same checkpoint again, since that the log stands still is news, too', () => {
  expect(given(log.submission(0, 5)).then(log.submission(5, 5)).kind).toBe('cosign');
});

it('answers the size it holds when the submitter goes by another', () => {
  expect(given(log.submission(0, 5)).then(log.submission(3, 8))).toEqual({ kind: 'stale', size: 5 });
  expect(given(log.submission(0, 5)).then(log.submission(0, 8))).toEqual({ kind: 'stale', size: 5 });
});

it('never goes back to a smaller tree', () => {
  expect(given(log.submission(0, 8)).then(log.submission(5, 5))).toEqual({ kind: 'stale', size: 8 });
});

it('does not know logs that nobody named', () => {
  expect(given().then(smallLog('other.example').submission(0, 5), [])).toMatchObject({ status: 404 });
});

it('refuses a checkpoint that the log has not signed', () => {
  const stranger = smallLog(origin, { seed: 2 });
  expect(given().then(stranger.submission(0, 5))).toMatchObject({ status: 403, isEvidence: false });
});

it('refuses an old size beyond the new one', () => {
  const body = altered(log.submission(5, 5), 1, 'old 6');
  expect(given(log.submission(0, 5)).then(body)).toMatchObject({ status: 400 });
});

describe('a history that was written anew', () => {
  const forged: SmallLog = smallLog(origin, { history: 'as it should be', common: 3 });

  it('is refused at the same size, and is evidence', () => {
    expect(given(log.submission(0, 5)).then(forged.submission(5, 5))).toMatchObject({
      status: 409,
      isEvidence: true,
    });
  });

  it('is refused at any larger size, and is evidence', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 40 }), fc.integer({ min: 1, max: 40 }), (old, more) => {
        const verdict = given(log.submission(0, old)).then(forged.submission(old, old + more));
        expect(verdict).toMatchObject({ status: 422, isEvidence: true });
      }),
    );
  });
});

it('refuses a proof with a hash changed, missing or added', () => {
  const sizes = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }));
  fc.assert(
    fc.property(sizes, fc.nat(), ([old, more], seed) => {
      const proof = log.proof(old, old + more);
      const at = seed % proof.length;
      const forgeries = [proof.with(at, hash), proof.toSpliced(at, 1), proof.toSpliced(at, 0, hash)];
      for (const forgery of forgeries) {
        const body = [`old ${old}`, ...forgery, '', log.checkpoint(old + more)].join('\n');
        expect(given(log.submission(0, old)).then(body)).toMatchObject({ status: 422 });
      }
    }),
  );
});

it('refuses a proof where there is nothing to prove', () => {
  const body = ['old 0', hash, '', log.checkpoint(5)].join('\n');
  expect(given().then(body)).toMatchObject({ status: 422 });
});

import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { ledgerScene, type LedgerScene } from '../test/ledger-scene.ts';
import { cause, graded, received } from '../test/sample-events.ts';
import { type AppendRequest } from './ledger.ts';

let scene: LedgerScene;
beforeAll(async () => {
  scene = await ledgerScene();
});
afterAll(() => scene.close());

interface Step {
  readonly stream: string;
  readonly eventCount: number;
  /** Of the stream's version: nothing, the truth, or one too many. */
  readonly expects: 'any' | 0 | 1;
  /** Sends a recorded request of the stream once more, if there is one. */
  readonly repeats: boolean;
}

const plan: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    stream: fc.constantFrom('a', 'b', 'c', 'd'),
    eventCount: fc.integer({ min: 1, max: 4 }),
    expects: fc.constantFrom<Step['expects']>('any', 0, 1),
    repeats: fc.boolean(),
  }),
  { minLength: 1, maxLength: 15 },
);

/** The request, and what must come of it: the version before its events, or a conflict with the actual one. */
interface Prediction {
  readonly request: AppendRequest;
  readonly outcome: { readonly writtenOn: number } | { readonly conflictWith: number };
}

/** The ledger as a model: requests one after the other. */
function predict(steps: readonly Step[]): Prediction[] {
  const run = randomUUID();
  const versions = new Map<string, number>();
  const predictions: Prediction[] = [];
  for (const { stream, eventCount, expects, repeats } of steps) {
    const streamId = `${run} ${stream}`;
    const recorded = predictions.find(
      ({ request, outcome }) => request.streamId === streamId && 'writtenOn' in outcome,
    );
    if (repeats && recorded !== undefined) {
      predictions.push(recorded);
      continue;
    }
    const version = versions.get(streamId) ?? 0;
    const events = Array.from({ length: eventCount }, (_, index) =>
      index % 2 === 0 ? graded() : received(),
    );
    const expectedVersion = expects === 'any' ? expects : version + expects;
    const fits = expects !== 1;
    if (fits) versions.set(streamId, version + eventCount);
    predictions.push({
      request: { streamId, expectedVersion, events, cause },
      outcome: fits ? { writtenOn: version } : { conflictWith: version },
    });
  }
  return predictions;
}

it('decides a group as if each of its requests came alone, and leaves no gap', async () => {
  await fc.assert(
    fc.asyncProperty(plan, async (steps) => {
      const predictions = predict(steps);
      const before = (await scene.ledger.head()).position;
      const settled = await Promise.allSettled(
        predictions.map(({ request }) => scene.ledger.append(request)),
      );

      for (const [index, { request, outcome }] of predictions.entries()) {
        expect(settled[index]).toMatchObject(
          'writtenOn' in outcome
            ? {
                value: request.events.map(({ eventId }, offset) => ({
                  eventId,
                  streamVersion: outcome.writtenOn + offset + 1,
                })),
              }
            : { reason: { code: 'version_conflict', actualVersion: outcome.conflictWith } },
        );
      }
      const written = new Set(predictions.filter(({ outcome }) => 'writtenOn' in outcome));
      const eventCount = [...written].reduce((sum, { request }) => sum + request.events.length, 0);
      const events = await scene.ledger.read({ after: before, limit: 10_000 });
      expect(events.map(({ position }) => position - before)).toEqual(
        Array.from({ length: eventCount }, (_, index) => index + 1),
      );
    }),
    { numRuns: 60 },
  );
}, 60_000);

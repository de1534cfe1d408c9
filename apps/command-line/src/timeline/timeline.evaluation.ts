import { type CorridorDefinition } from '#events';
import {
  type ReferenceStatement,
  type ReferenceTimeline,
  scoreTimeline,
  statementsOf,
  type TimelineDay,
  type TimelineScore,
} from '#timeline-score';
import { type Received } from './instance.api.ts';
import { withScratchInstance } from './scratch.instance.ts';

/** A reference's statements through a whole instance, and what came of them. */
export interface TimelineEvaluation {
  readonly reference: ReferenceTimeline;
  readonly fed: readonly FedStatement[];
  readonly days: readonly TimelineDay[];
  readonly score: TimelineScore;
}

export interface FedStatement {
  readonly statement: ReferenceStatement;
  readonly received: Received;
}

/** @throws InstanceError */
export async function evaluateTimeline(
  reference: ReferenceTimeline,
  definition: CorridorDefinition,
): Promise<TimelineEvaluation> {
  const { corridor, segments } = reference;
  const statements = statementsOf(reference);
  const bounds = segments.flatMap(({ from, to }) => [from, to]).sort();
  const { answers, days } = await withScratchInstance(async (api) => {
    await api.register(corridor, definition);
    const received = await api.feed(statements);
    await api.untilApplied();
    return { answers: received, days: await api.days(corridor, bounds[0] ?? '', bounds.at(-1) ?? '') };
  });
  const fed = statements.flatMap((statement, index) => {
    const received = answers[index];
    return received === undefined ? [] : [{ statement, received }];
  });
  return { reference, fed, days, score: scoreTimeline(reference, days) };
}

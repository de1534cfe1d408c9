import { corridorDefinition, type CorridorDefinition } from '#events';
import { localDay } from '#status';

/** A corridor as of a moment: its definition must not contradict itself, nor say how things are tomorrow. */
export function corridorInputAt(now: Date) {
  return corridorDefinition.superRefine((definition, context) => {
    // Its fields may be faulty already, and in a time zone that there is not it is no day.
    if (context.issues.length > 0) return;
    for (const [path, message] of [
      ...baselineFaults(definition, now),
      ...freshnessFaults(definition),
      ...flowFaults(definition),
    ])
      context.addIssue({ code: 'custom', path: [...path], message });
  });
}

type Fault = readonly [path: readonly PropertyKey[], message: string];

/** Any status may be the first, `unknown` too: then it is the day from which somebody watches. */
function baselineFaults({ baseline, timezone }: CorridorDefinition, now: Date): readonly Fault[] {
  const today = localDay(now, timezone);
  if (baseline === null || baseline.since <= today) return [];
  return [[['baseline', 'since'], `is in the future; at the corridor it is ${today}`]];
}

function freshnessFaults({ freshnessDays: { contested, stable } }: CorridorDefinition): readonly Fault[] {
  if (contested <= stable) return [];
  return [[['freshnessDays', 'contested'], `must not be more than those of "stable", which are ${stable}`]];
}

function flowFaults({ primaryFlows }: CorridorDefinition): readonly Fault[] {
  return (primaryFlows ?? []).flatMap((flow, index, flows) =>
    flows.indexOf(flow) === index ? [] : [[['primaryFlows', index], 'is there already'] as const],
  );
}

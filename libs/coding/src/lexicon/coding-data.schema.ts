import { z } from 'zod';
import { claimType, corridorStatus, flow, passageEffect, publisherKind } from '#events';
import { flawOf } from '../rules/cue.pattern.ts';
import { phraseNames, wordNames } from './coding-data.lists.ts';
import { foldText } from '../text/folded-text.ts';

const text = z.string().trim().min(1).max(200);
/** An entry may hold several words, so that long lists stay short to read. */
const wordList = z
  .array(z.string().max(2_000))
  .max(5_000)
  .transform((entries) =>
    entries.flatMap((entry) => foldText(entry).split(' ')).filter((word) => word !== ''),
  );
const pattern = z
  .string()
  .max(1_000)
  .superRefine((written, context) => {
    const flaw = flawOf(written);
    if (flaw !== null) context.addIssue({ code: 'custom', message: `${flaw} in "${written}"` });
  });
const patternList = z.array(pattern).max(2_000);
const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be lower-case letters, digits and hyphens');
const cueName = z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,63}$/, 'must be letters and digits');

/** A state whose government is spoken for. */
const country = z.strictObject({
  name: text,
  /** Adjectives, which are demonyms as well: "Armenian", "Armenians". */
  adjectives: z.array(text).default([]),
  /** Capitals, ministries and other names that stand for the government. */
  names: z.array(text).default([]),
});
/** A body that speaks for itself. */
const organisation = z.strictObject({
  name: text,
  /** It brings aid and rules no road: when it pauses, the way is not closed. */
  isReliefAgency: z.literal(true).optional(),
  /** They count before an office alone: "a Houthi spokesman". */
  adjectives: z.array(text).default([]),
  names: z.array(text).default([]),
});
/** An office that names a voice without a country before it: "High Representative". */
const office = z.strictObject({ office: text, speaker: text });
/** Someone whom news names without an office; by the surname alone where nobody else is meant by it. */
const official = z.strictObject({ name: text, speaker: text, bySurname: z.literal(true).optional() });
/** Whom a publisher speaks for, where its name does not say it. */
const publisher = z.strictObject({ name: text, speaker: text, kind: publisherKind });

export const cueRule = z.strictObject({
  id,
  type: claimType,
  status: corridorStatus.optional(),
  /** Taken for granted, not said. */
  presupposed: z.literal(true).optional(),
  /** Cues in this order; a number is the most characters that may lie before the next one (30 by default). */
  steps: z
    .array(z.union([cueName, z.int().min(0).max(300)]))
    .min(1)
    .max(16)
    .refine(([first]) => typeof first === 'string', 'must begin with a cue')
    .refine((steps) => typeof steps.at(-1) === 'string', 'must end with a cue'),
  /** What a "not" before or inside makes of it; without it a negated match says nothing. */
  negated: z.strictObject({ type: claimType, status: corridorStatus }).optional(),
  /** The cues already hold their "not", or it does not matter. */
  ignoresNegation: z.literal(true).optional(),
  /** Says nothing where this cue stands within the match or shortly before it. */
  unless: cueName.optional(),
  /** The condition inside it is part of what is said: "unless it is opened, …". */
  spansCondition: z.literal(true).optional(),
  /**
   * What an incident does to passage. A status that is told as an event does what its state says: who made it
   * blocked closed it.
   */
  effect: passageEffect.optional(),
  /** Its cues alone tell an event: "reopens", "is banned". */
  isTold: z.literal(true).optional(),
  /** It tells of some traffic alone, so that no state of the way is read out of the same words. */
  isOfSome: z.literal(true).optional(),
  /** A denial where someone is said to say it; where the text says so itself, a plain state. */
  onlyReported: z.literal(true).optional(),
  /** Holds only in a text that its publisher tagged with the corridor: there lorries and patients are those of its way. */
  needsTag: z.literal(true).optional(),
  /** Holds only where it is said to come ("will close"), with that modality. */
  onlyAnnounced: z.literal(true).optional(),
  /** Passage as on any day: the state, and no event. */
  isRoutine: z.literal(true).optional(),
  /** Traffic that is slow: gives way to a closure that is told apart from it, and overrules one read out of its words. */
  isDelay: z.literal(true).optional(),
  /** Holds only with the day of its "since", also where that day names another event: "the first since the attack of 7 October". */
  isSinceItsDay: z.literal(true).optional(),
  /** With a day in the sentence it is a single event as well. */
  isEvent: z.literal(true).optional(),
  /** Speaks of passage by itself, so that a sentence in the focus of one corridor needs no name. */
  isTopical: z.literal(true).optional(),
  /** An opening that is asked or worked for, so an "open" inside it is not so yet. */
  asksToOpen: z.literal(true).optional(),
  /** Where no words of speaking lead to it, its subject holds it: "the court ordered …". */
  isHeldBySubject: z.literal(true).optional(),
  /** "Since 12 December" beside it tells when it began. */
  lastsSinceItsDay: z.literal(true).optional(),
  /** Says no more than a denial of the opposite in the same sentence. */
  yieldsToDenial: z.literal(true).optional(),
  /** The coder's certainty, in hundredths. */
  certainty: z.int().min(1).max(100),
});

/** What a text calls a corridor once it has named it: "the waterway" for what has a strait in its names. */
const passageClass = z.strictObject({ heads: wordList, references: wordList });

const sections = {
  countries: z.array(country),
  organisations: z.array(organisation),
  offices: z.array(office),
  officials: z.array(official),
  publishers: z.array(publisher),
  passageClasses: z.array(passageClass),
  /** Patterns by name, which rules string together. */
  cues: z.record(cueName, patternList),
  rules: z.array(cueRule),
};

/** All that the coder knows of words. */
export const codingData = z.strictObject({
  ...sections,
  /** Single words, each list with one use. */
  words: z.strictObject(keyed(wordNames, wordList)),
  /** Patterns, each list with one use. */
  phrases: z.strictObject(keyed(phraseNames, patternList)),
  /** The words for each class of traffic; the longest at a place counts. */
  flows: z.strictObject(keyed(flow.options, patternList)),
  /** Words that mean a class of traffic where a clause has no others: "people", "trucks". */
  looseFlows: z.strictObject(keyed(flow.options, patternList)),
});

/** A file with rows to add to the data, in the same sections, and with rows to take out of it. */
export const codingDataExtension = z
  .strictObject({
    ...sections,
    words: z.strictObject(keyed(wordNames, wordList)).partial(),
    phrases: z.strictObject(keyed(phraseNames, patternList)).partial(),
    flows: z.strictObject(keyed(flow.options, patternList)).partial(),
    looseFlows: z.strictObject(keyed(flow.options, patternList)).partial(),
    /** By id for rules, by name for the rest; taken out before the rows are added, so a rule can be replaced. */
    remove: z
      .strictObject({
        rules: z.array(id),
        officials: z.array(text),
        publishers: z.array(text),
        offices: z.array(text),
      })
      .partial(),
  })
  .partial();

export type CodingData = z.output<typeof codingData>;
export type CodingDataExtension = z.output<typeof codingDataExtension>;
export type CueRule = z.output<typeof cueRule>;

function keyed<Name extends string, Schema extends z.ZodType>(names: readonly Name[], schema: Schema) {
  return Object.fromEntries(names.map((name) => [name, schema])) as Record<Name, Schema>;
}

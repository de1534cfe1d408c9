import { surnameOf } from '../actors/actor.gazetteer.ts';
import { findFrames } from './attribution.ts';
import { type Frame, type Voice } from './frame.ts';
import { type Holder } from './holder.reader.ts';
import { leadFrame } from './lead.frame.ts';
import { type Lexicon } from '../lexicon/coding.lexicon.ts';
import { type MaskedSentence } from '../text/masked-sentence.ts';
import { type People, rememberPeople } from '../actors/people.ts';
import { type DefaultVoice, type FramedSentence, SpeakerTracker } from './speaker.tracker.ts';
import { type ReadSentence, type ReadStatement } from '../statement.reader.ts';

/** Who speaks in a sentence: where its words say so, and elsewhere in it. */
export interface SpokenSentence extends ReadSentence {
  readonly frames: readonly Frame[];
  readonly voice: DefaultVoice;
}

/**
 * Of the first sentences, as many as `count`, in order: who speaks hangs on those before alone. `body` MUST be that of
 * the statement.
 */
export function readVoices(
  lexicon: Lexicon,
  body: string,
  { sentences, publisher, people, isTagged }: ReadStatement,
  count: number,
): readonly SpokenSentence[] {
  if (count === 0) return [];
  const isTranscript = sentences.some(({ sentence }) => sentence.turn !== null);
  const tracker = new SpeakerTracker(
    body,
    signatoriesOf(lexicon, publisher, sentences),
    people,
    lexicon.actors,
    isTranscript,
  );
  return sentences.slice(0, count).map((read, index) => {
    const { sentence, masked } = read;
    const { antecedent } = tracker;
    const found = findFrames(lexicon.speech, masked, antecedent).map((frame) =>
      introduced(frame, masked, people),
    );
    const frames = isTagged && index === 0 ? withLead(lexicon, body, read, found) : found;
    const ahead = () => framesAhead(lexicon, sentences, index, antecedent);
    return { ...read, frames, voice: tracker.enter(sentence, masked, frames, ahead) };
  });
}

/** The press and the officials of a state speak for it in a note, as those do whom the data have by name. */
function withLead(
  { actors }: Lexicon,
  body: string,
  { sentence, masked }: ReadStatement['sentences'][number],
  found: readonly Frame[],
): readonly Frame[] {
  const lead = leadFrame(body.slice(sentence.start, sentence.end), masked, actors);
  if (lead === null) return found;
  const known = found.filter(({ end }) => masked.text.slice(0, end).includes(':'));
  if (known.length === 0) return [lead, ...found];
  const isOfState = lead.holders?.every(({ speaker }) => actors.states.has(speaker)) === true;
  return isOfState ? [lead, ...found.filter((frame) => !known.includes(frame))] : found;
}

/** A joint statement names all who join it in its text; its title may leave some out. */
function signatoriesOf({ speech }: Lexicon, publisher: Voice, sentences: ReadStatement['sentences']): Voice {
  if (publisher.by !== 'signatory') return publisher;
  const named = publisher.holders.map(({ speaker }) => speaker);
  for (const { masked } of sentences) {
    for (const { holders } of findFrames(speech, masked, null)) {
      const joining = new Set(holders?.map(({ speaker }) => speaker));
      if (joining.size > named.length && named.every((speaker) => joining.has(speaker)))
        return { ...publisher, holders: [...joining].map((speaker) => ({ speaker, person: null })) };
    }
  }
  return publisher;
}

/** A quote names its speaker within a few sentences, or not at all. */
const sentencesAheadMax = 4;

function* framesAhead(
  { speech }: Lexicon,
  sentences: ReadStatement['sentences'],
  index: number,
  antecedent: readonly Holder[] | null,
): Generator<FramedSentence> {
  const paragraph = sentences[index]?.sentence.paragraph;
  for (const { sentence, masked } of sentences.slice(index + 1, index + 1 + sentencesAheadMax)) {
    if (sentence.paragraph !== paragraph) return;
    yield { masked, frames: findFrames(speech, masked, antecedent) };
  }
}

/** "…, said Doe, head of our delegation": for the one who publishes. */
const ourOwn = /^, (?:an? |the )?(?:[\w'-]+ ){0,6}(?:of|at|in|for|with) our /;

/** Whom a text has once introduced with an office or an employer speaks for them again under the bare name. */
function introduced(frame: Frame, masked: MaskedSentence, people: People): Frame {
  const house = ourOwn.test(masked.text.slice(frame.end, frame.end + 120))
    ? (people.house ?? people.home)
    : null;
  const holders = frame.holders?.map((named) => {
    const isColleague = house !== null && named.person === null && named.speaker.includes(' ');
    const holder = isColleague ? { speaker: house, person: named.speaker } : named;
    if (holder.person !== null) rememberPeople([holder], people);
    const known = holder.person === null ? people.bySurname.get(surnameOf(holder.speaker)) : undefined;
    return known?.person.endsWith(holder.speaker) === true ? known : holder;
  });
  return { ...frame, holders: holders ?? null };
}

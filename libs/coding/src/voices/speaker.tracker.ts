import { type ActorGazetteer, officialOf, surnameOf } from '../actors/actor.gazetteer.ts';
import { closingFrame, type Frame, type Voice, voiceOf } from './frame.ts';
import { type Holder } from './holder.reader.ts';
import { type MaskedSentence } from '../text/masked-sentence.ts';
import { type People } from '../actors/people.ts';
import { type Sentence } from '../text/sentence.segmenter.ts';
import { everyMatch } from '../text/every-match.ts';

/** Who speaks where no words of speaking say so. */
export interface DefaultVoice extends Voice {
  /** A reporter's question: only what it reports a named actor as having said is a claim. */
  readonly isQuestioner: boolean;
  /** Who tells what stands outside all quotes and words of speaking. */
  readonly narrator: Voice;
}

export interface FramedSentence {
  readonly masked: MaskedSentence;
  readonly frames: readonly Frame[];
}

/**
 * Follows a text sentence by sentence: the turns of a transcript, quotes that run over several sentences, and the last
 * speaker, whom "he added" and a floating quote mean.
 */
export class SpeakerTracker {
  private isQuoteOpen = false;
  private paragraph = -1;
  private quoted: Voice | null = null;
  private last: Voice | null = null;
  /** Of a transcript whose turns begin with full names. */
  private turn: Voice | null = null;

  constructor(
    private readonly source: string,
    private readonly publisher: Voice,
    private readonly people: People,
    private readonly actors: ActorGazetteer,
    private readonly isTranscript: boolean,
  ) {}

  /** Whom "he" and "the ministry" mean at the next sentence. */
  get antecedent(): readonly Holder[] | null {
    return this.last?.holders ?? null;
  }

  /** `framesAhead` gives the frames of the sentences that follow in the paragraph; a quote may name its speaker late. */
  enter(
    sentence: Sentence,
    masked: MaskedSentence,
    frames: readonly Frame[],
    framesAhead: () => Iterable<FramedSentence>,
  ): DefaultVoice {
    if (sentence.paragraph !== this.paragraph) {
      this.paragraph = sentence.paragraph;
      this.isQuoteOpen = false;
      this.quoted = null;
      const [lead] = frames;
      if (this.isTranscript && lead?.isLead === true) this.turn = voiceOf(lead, masked);
    }
    const startsQuoted =
      this.isQuoteOpen || /^[“"‘']/.test(this.source.slice(sentence.start, sentence.start + 1));
    const closing = closingVoice({ masked, frames });
    this.isQuoteOpen = quoteStateAfter(this.source.slice(sentence.start, sentence.end), this.isQuoteOpen);
    const naming =
      frames.findLast(({ holders, rank }) => holders !== null && rank !== 'reporter') ??
      frames.findLast(({ holders }) => holders !== null);
    const named = naming === undefined ? null : voiceOf(naming, masked);
    if (closing !== null) this.quoted = closing;
    else if (this.isQuoteOpen && named !== null) this.quoted = named;
    else if (startsQuoted && this.quoted === null) this.quoted = this.speakerAhead(framesAhead) ?? this.last;
    const inQuote = startsQuoted || closing !== null ? this.quoted : null;
    if (named !== null) this.last = named;
    const narrator = this.turnVoice(sentence);
    const voice = inQuote === null ? narrator : { ...inQuote, by: 'quote' as const };
    return { ...voice, narrator, isQuestioner: sentence.turn === 'Q' };
  }

  private speakerAhead(framesAhead: () => Iterable<FramedSentence>): Voice | null {
    if (!this.isQuoteOpen) return null;
    for (const framed of framesAhead()) {
      const closing = closingVoice(framed);
      if (closing !== null) return closing;
    }
    return null;
  }

  private turnVoice({ turn }: Sentence): Voice {
    if (turn === 'Q' || (turn === null && this.turn === null)) return this.publisher;
    if (turn === null) return this.turn === null ? this.publisher : { ...this.turn, by: 'turn' };
    const surname = surnameOf(turn);
    const person = this.people.bySurname.get(surname) ?? officialOf(this.actors, surname, true);
    if (person !== null) return { holders: [person], by: 'turn', span: null };
    // Somebody else than the one whom the title names.
    const holders = this.publisher.holders.map((holder) =>
      surnameOf(holder.person ?? '') === surname ? holder : { ...holder, person: null },
    );
    return { ...this.publisher, holders };
  }
}

/** The one whom words of speaking after a quote name. */
function closingVoice({ masked, frames }: FramedSentence): Voice | null {
  const closing = closingFrame(frames.filter(({ holders }) => holders !== null));
  return closing === undefined ? null : voiceOf(closing, masked);
}

const quoteSigns = /[“”"]/g;

function quoteStateAfter(text: string, isOpen: boolean): boolean {
  for (const [sign] of everyMatch(quoteSigns, text)) isOpen = sign === '“' || (sign === '"' && !isOpen);
  return isOpen;
}

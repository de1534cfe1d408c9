import { type ActorGazetteer, type People, personBySurname } from './actor.gazetteer.ts';
import { type Frame, type Holder } from './attribution.ts';
import { type Sentence } from './sentence.segmenter.ts';

/** Who speaks where no words of speaking say so. */
export interface DefaultVoice {
  readonly holders: readonly Holder[];
  /** A reporter's question: only what it reports a named actor as having said is a claim. */
  readonly isQuestioner: boolean;
}

/**
 * Follows a text sentence by sentence: the turns of a transcript, quotes that run over several sentences, and the last
 * speaker, whom "he added" and a floating quote mean.
 */
export class SpeakerTracker {
  private isQuoteOpen = false;
  private paragraph = -1;
  private quoted: readonly Holder[] | null = null;
  private last: readonly Holder[] | null = null;

  constructor(
    private readonly source: string,
    private readonly publisher: readonly Holder[],
    private readonly people: People,
    private readonly actors: ActorGazetteer,
  ) {}

  /** Whom "he" and "the ministry" mean at the next sentence. */
  get antecedent(): readonly Holder[] | null {
    return this.last;
  }

  /** `framesAhead` gives the frames of the sentences that follow in the paragraph; a quote may name its speaker late. */
  enter(
    sentence: Sentence,
    frames: readonly Frame[],
    framesAhead: () => Iterable<readonly Frame[]>,
  ): DefaultVoice {
    if (sentence.paragraph !== this.paragraph) {
      this.paragraph = sentence.paragraph;
      this.isQuoteOpen = false;
      this.quoted = null;
    }
    const startsQuoted =
      this.isQuoteOpen || /^[“"‘']/.test(this.source.slice(sentence.start, sentence.start + 1));
    const closing = frames.find(({ coversBefore, holders }) => coversBefore && holders !== null)?.holders;
    this.isQuoteOpen = quoteStateAfter(this.source.slice(sentence.start, sentence.end), this.isQuoteOpen);
    const named = frames.findLast(({ holders }) => holders !== null)?.holders;
    if (closing != null) this.quoted = closing;
    else if (this.isQuoteOpen && named != null) this.quoted = named;
    else if (startsQuoted && this.quoted === null) this.quoted = this.speakerAhead(framesAhead) ?? this.last;
    const inQuote = startsQuoted || closing != null ? this.quoted : null;
    if (named != null) this.last = named;
    return { holders: inQuote ?? this.turnHolders(sentence), isQuestioner: sentence.turn === 'Q' };
  }

  private speakerAhead(framesAhead: () => Iterable<readonly Frame[]>): readonly Holder[] | null {
    if (!this.isQuoteOpen) return null;
    for (const frames of framesAhead()) {
      const closing = frames.find(({ coversBefore, holders }) => coversBefore && holders !== null);
      if (closing !== undefined) return closing.holders;
    }
    return null;
  }

  private turnHolders({ turn }: Sentence): readonly Holder[] {
    if (turn === null || turn === 'Q') return this.publisher;
    const surname = turn.toLowerCase().split(/[ .]+/).at(-1) ?? '';
    const person = personBySurname(this.actors, surname, this.people);
    return person === null ? this.publisher : [person];
  }
}

function quoteStateAfter(text: string, isOpen: boolean): boolean {
  for (const [sign] of text.matchAll(/[“”"]/g)) isOpen = sign === '“' || (sign === '"' && !isOpen);
  return isOpen;
}

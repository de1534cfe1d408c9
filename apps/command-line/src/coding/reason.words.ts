import { type CodedClaim } from '#coding';
import { type Why } from '#events';

type Span = Why['cues'][number];

/** Why a claim was made, in a few words: `blockade “ongoing blockade”; corridor by name “Lachin corridor”; …`. */
export function shortReasonOf({ rule, why }: CodedClaim, body: string): string {
  if (why === null) return rule;
  const quoted = (span: Span | null) => (span === null ? '' : ` “${body.slice(span.start, span.end)}”`);
  const parts = [
    `${rule}${why.cues.map(quoted).join(' …')}`,
    `corridor by ${why.corridor.by}${quoted(why.corridor.span)}`,
    `speaker by ${why.speaker.by}${quoted(why.speaker.span)}`,
  ];
  if (why.validFrom !== null) parts.push(`day by${quoted(why.validFrom)}`);
  return parts.join('; ');
}

/** The same in sentences, for who has to judge it. */
export function reasonOf({ rule, presupposed, why, coder, coderData }: CodedClaim, body: string): string {
  const quoted = (span: Span) => `“${body.slice(span.start, span.end)}”`;
  const found =
    why === null || why.cues.length === 0 ? '' : ` by the words ${why.cues.map(quoted).join(' … ')}`;
  const parts = [`Rule “${rule}” found it${found}.`];
  if (presupposed) parts.push('It is taken for granted there, not said.');
  if (why !== null) {
    const others = why.rules.filter((id) => id !== rule);
    if (others.length > 0) parts.push(`Found as well by ${others.join(', ')}.`);
    parts.push(corridorReasons[why.corridor.by] + wordsAt(why.corridor.span, quoted));
    parts.push(speakerReasons[why.speaker.by] + wordsAt(why.speaker.span, quoted));
    if (why.validFrom !== null) parts.push(`The day is in the words: ${quoted(why.validFrom)}.`);
  }
  parts.push(`Coded by ${coder}${coderData === null ? '' : ` with data ${coderData.slice(0, 12)}`}.`);
  return parts.join(' ');
}

function wordsAt(span: Span | null, quoted: (span: Span) => string): string {
  return span === null ? '.' : `: ${quoted(span)}.`;
}

const corridorReasons: Readonly<Record<Why['corridor']['by'], string>> = {
  name: 'The sentence names the corridor',
  context: 'The text is tied to the corridor, and the sentence calls it by a name that holds in such a text',
  anaphor: 'The text named the corridor before, and the sentence refers back to it',
  focus: 'The sentence names no corridor, and the text around it speaks of this one',
  title: 'The title names the corridor',
  about: 'The publisher tagged the text with the corridor',
};

const speakerReasons: Readonly<Record<Why['speaker']['by'], string>> = {
  words: 'The sentence says who the speaker is',
  turn: 'It is the turn of this speaker in a transcript',
  quote: 'The words are quoted, and the text beside the quote says whose they are',
  antecedent: 'A pronoun points back to the speaker',
  signatory: 'The text is a joint statement, and the speaker signs it',
  publisher: 'Nobody else is said to speak, so the publisher does',
};

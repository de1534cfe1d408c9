import { corridors, statement } from './coding.fixture.ts';
import { rulesCoder } from './rules-coder.ts';

/** What a claim says of its own making, with the words in place of their offsets. */
function whyOf(body: string, more: Partial<ReturnType<typeof statement>> = {}, which = 0) {
  const why = rulesCoder.code(statement(body, more), corridors)[which]?.why;
  const words = (span: { start: number; end: number } | null) =>
    span === null ? null : body.slice(span.start, span.end);
  return {
    rules: why?.rules,
    cues: why?.cues.map(words),
    corridor: [why?.corridor.by, words(why?.corridor.span ?? null)],
    speaker: [why?.speaker.by, words(why?.speaker.span ?? null)],
    validFrom: words(why?.validFrom ?? null),
  };
}

describe('a claim tells why', () => {
  it('by the words that matched, that name the corridor, the speaker and the day', () => {
    expect(
      whyOf(
        'Élysée officials, it seems, know. France says that all of the Lachin corridor was closed on Friday.',
      ),
    ).toEqual({
      rules: ['closed', 'closed-headline'],
      cues: ['Lachin corridor', 'was', 'closed'],
      corridor: ['name', 'Lachin corridor'],
      speaker: ['words', 'France says'],
      validFrom: 'Friday',
    });
  });

  it('by what came before, where the sentence itself does not say it', () => {
    const body =
      'France warned about the Lachin corridor. “It is a lifeline,” it said. It added that the road is blocked.';
    expect(whyOf(body)).toMatchObject({
      corridor: ['context', 'road'],
      speaker: ['antecedent', 'It added'],
      validFrom: null,
    });
  });

  it('by the title or the tag of the text, and the publisher', () => {
    const body = 'The road is blocked.';
    expect(whyOf(body, { title: 'News from the Lachin corridor' })).toMatchObject({
      corridor: ['title', 'road'],
      speaker: ['publisher', null],
    });
    expect(whyOf(body, { about: ['lachin-corridor'] }).corridor).toEqual(['about', 'road']);
    expect(whyOf('It is closed.', { about: ['lachin-corridor'] }).corridor).toEqual(['about', null]);
    expect(whyOf('The Lachin corridor matters. It is closed.').corridor).toEqual(['focus', null]);
  });

  it('by a quote whose speaker is named elsewhere, by a turn, and by the title of a joint statement', () => {
    const quoted =
      '“The Lachin corridor is closed. It is a crime,” said Italy. “The road is blocked. All know.”';
    expect(whyOf(quoted).speaker).toEqual(['quote', 'said Italy']);
    const title = 'Joint statement of France and Italy';
    expect(whyOf('The Lachin corridor is closed.', { title }).speaker).toEqual(['signatory', null]);
    const turn = 'MR. BLINKEN: The Lachin corridor is closed.';
    expect(whyOf(turn).speaker).toEqual(['turn', null]);
  });
});

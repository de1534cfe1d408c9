import { defaultCodingData } from '../lexicon/default-coding-data.ts';
import { segmentSentences } from './sentence.segmenter.ts';
import { compileWordLists } from '../lexicon/word-lists.ts';

const words = compileWordLists(defaultCodingData);

const cut = (body: string) => segmentSentences(body, words).map(({ start, end }) => body.slice(start, end));

describe('sentences', () => {
  it.each([
    ['end at a full stop', 'One came. Two went.', ['One came.', 'Two went.']],
    ['keep their closing quote', '“One came.” Two went.', ['“One came.”', 'Two went.']],
    [
      'do not end after a title or an initial',
      'Mr. Doe met J. Roe. He left.',
      ['Mr. Doe met J. Roe.', 'He left.'],
    ],
    [
      'do not end inside an abbreviation',
      'The U.S. Navy came on Dec. 12. It left.',
      ['The U.S. Navy came on Dec. 12.', 'It left.'],
    ],
    [
      'end after an abbreviation when a new one begins',
      'He is in the U.S. The road is shut.',
      ['He is in the U.S.', 'The road is shut.'],
    ],
    ['go on after a quoted question', '“Is it shut?” he asked.', ['“Is it shut?” he asked.']],
    ['do not end in a number', 'It took 3.5 hours.', ['It took 3.5 hours.']],
    ['end with their line', 'A headline\nA sentence.', ['A headline', 'A sentence.']],
    [
      'leave bullets and tags outside',
      '• One item\n- Another\nMR. DOE: Yes, it is.',
      ['One item', 'Another', 'Yes, it is.'],
    ],
  ])('%s', (_name, body, sentences) => {
    expect(cut(body)).toEqual(sentences);
  });

  it('know whose turn they are in', () => {
    const turns = segmentSentences('Q: Why?\nMR. DOE: Because. So it is.\nMore of it.', words).map(
      ({ turn }) => turn,
    );
    expect(turns).toEqual(['Q', 'MR. DOE', 'MR. DOE', 'MR. DOE']);
  });

  it('are no question any more once the paragraph after it begins, where answers have no tag', () => {
    const turns = (body: string) => segmentSentences(body, words).map(({ turn }) => turn);
    expect(turns('Question: Is it shut? Why?\nThe road is shut.')).toEqual(['Q', 'Q', null]);
    expect(turns('Prime Minister: Yes.\nQ: Why?\nAnd when?')).toEqual(['Prime Minister', 'Q', 'Q']);
  });

  it('are cut when they have no end, never inside a character', () => {
    const pieces = cut('😀'.repeat(4_000));
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.every((piece) => piece.isWellFormed())).toBe(true);
    expect(pieces.join('')).toBe('😀'.repeat(4_000));
  });
});

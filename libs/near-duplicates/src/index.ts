export { bandsOf } from './bands.ts';
export { decodeSketch, encodeSketch } from './sketch.encoding.ts';
export { isReprint, similarity } from './reprint.ts';
export { sketchOf, type Sketch } from './sketch.ts';
export {
  decodeVocabulary,
  encodeVocabulary,
  resemblance,
  vocabularyOf,
  type Vocabulary,
} from './vocabulary.ts';

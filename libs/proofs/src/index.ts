export { canonicalize, NotCanonicalizableError } from './canonical-json.ts';
export {
  canonicalPayloadHash,
  type FirstLeaf,
  type Leaf,
  leafBytes,
  leafBytesMax,
  leafHash,
  leafPieces,
  LeafTooLargeError,
  payloadHash,
} from './leaf.ts';

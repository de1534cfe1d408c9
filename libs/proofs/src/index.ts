export { canonicalize, NotCanonicalizableError } from './canonical-json.ts';
export {
  canonicalPayloadHash,
  type Leaf,
  leafBytes,
  leafBytesMax,
  type LeafFrame,
  leafFrame,
  leafHash,
  LeafTooLargeError,
  payloadHash,
} from './leaf.ts';

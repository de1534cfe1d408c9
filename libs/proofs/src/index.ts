export { canonicalize, NotCanonicalizableError } from './canonical-json.ts';
export { type Leaf, leafBytes, leafBytesMax, leafHash, LeafTooLargeError, payloadHash } from './leaf.ts';

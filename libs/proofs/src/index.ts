export { BundleError } from './bundle/bundle.error.ts';
export {
  blockEventCount,
  type BundledEvent,
  bundleFormat,
  type BundleHeader,
  endLine,
  eventLine,
  headerLine,
  leafHashesLine,
} from './bundle/bundle.lines.ts';
export {
  BundleVerification,
  type ClaimedBundle,
  readBundleHeader,
  type VerifiedBundle,
} from './bundle/bundle.verification.ts';
export { type Connection } from './bundle/trusted-history.ts';
export { canonicalize, NotCanonicalizableError } from './canonical-json.ts';
export { type Checkpoint, formatCheckpoint, parseCheckpoint } from './checkpoint/checkpoint.ts';
export {
  openCheckpoint,
  type OpenedCheckpoint,
  signCheckpoint,
  type TrustedKeys,
} from './checkpoint/signed-checkpoint.ts';
export { type Cosignature, cosign, cosignaturesOf } from './cosignature/cosignature.ts';
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
export {
  formatSkey,
  formatVkey,
  isKeyName,
  parseSkey,
  parseVkey,
  signatureTypes,
  type SignatureType,
  type SignerKey,
  signerKey,
  type VerifierKey,
  verifierKey,
} from './note/note.keys.ts';
export {
  formatNote,
  formatSignature,
  type Note,
  type NoteSignature,
  noteSignature,
  type OpenedNote,
  openNote,
  parseNote,
  parseSignature,
  signatureCountMax,
  signNote,
} from './note/signed-note.ts';
export { base64Bytes, base64Of, decimalOf } from './plain-text.ts';
export { ProofError, type ProofErrorCode } from './proof.error.ts';
export { formatProofFile, parseProofFile, type ProofFile, verifyProofFile } from './proof-file/proof-file.ts';
export { parseTilePath, type TileAddress, tilePath, tileWidth, widthIn } from './tile/tile.path.ts';
export { type ReadTile, TiledTree } from './tile/tiled-tree.ts';
export { GrowingTree } from './tree/growing-tree.ts';
export { emptyRoot, hashChildren, hashLeaf, rootOfHashes } from './tree/merkle.hash.ts';
export { consistencyRanges, inclusionRanges, type LeafRange } from './tree/proof.ranges.ts';
export {
  type ConsistencyClaim,
  type InclusionClaim,
  verifyConsistency,
  verifyInclusion,
} from './tree/proof.verification.ts';
export {
  formatTrustFile,
  openTrusted,
  parseTrustFile,
  type TrustedLogKey,
  type TrustFile,
} from './trust/trust-file.ts';

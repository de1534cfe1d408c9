import { linesOf } from '#ndjson';
import {
  BundleError,
  type BundleVerification,
  type ClaimedBundle,
  readBundleHeader,
  type VerifiedBundle,
} from '#proofs';

/** A payload with the longest statement, several times over. */
const lineBytesMax = 16 * 1_024 * 1_024;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Verifies a bundle as it streams by, one line in memory.
 * @param begin picks whom to trust, once the header says which log it is
 * @throws BundleError at the first fault
 */
export async function verifyBundle(
  chunks: AsyncIterable<Buffer>,
  begin: (claimed: ClaimedBundle) => Promise<BundleVerification>,
  tell: (eventCount: number) => void,
): Promise<VerifiedBundle> {
  let verification: BundleVerification | null = null;
  for await (const { number, bytes } of linesOf(chunks, lineBytesMax)) {
    const line = textOf(bytes, number);
    if (verification === null) {
      verification = await begin(readBundleHeader(line));
    } else {
      verification.take(line, number);
      tell(verification.eventCount);
    }
  }
  if (verification === null) throw new BundleError('malformed_bundle', 1, null, 'the bundle is empty');
  return verification.finish();
}

function textOf(bytes: Buffer | null, number: number): string {
  if (bytes === null) {
    throw new BundleError('malformed_bundle', number, null, `is longer than ${lineBytesMax} bytes`);
  }
  try {
    // What a line ends with on Windows is no part of it.
    return utf8.decode(bytes.at(-1) === 0x0d ? bytes.subarray(0, -1) : bytes);
  } catch (error) {
    throw new BundleError('bad_text', number, null, 'is not valid UTF-8', { cause: error });
  }
}

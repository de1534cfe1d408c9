import {
  type Checkpoint,
  emptyRoot,
  openCheckpoint,
  type OpenedCheckpoint,
  parseCheckpoint,
  parseNote,
  ProofError,
  type VerifierKey,
  verifyConsistency,
} from '#proofs';
import { type Submission } from './submission.ts';

/** The size and root that were cosigned last; an empty tree before the first time. */
export type Head = Pick<Checkpoint, 'size' | 'root'>;

export const noHead: Head = { size: 0, root: emptyRoot };

export type Verdict =
  | { readonly kind: 'cosign'; readonly opened: OpenedCheckpoint }
  /** The submitter goes by another head than ours, and is told the size of ours. */
  | { readonly kind: 'stale'; readonly size: number }
  /** `isEvidence`: the log itself has signed what does not follow from what it signed before. */
  | {
      readonly kind: 'refused';
      readonly status: 400 | 403 | 404 | 409 | 422;
      readonly reason: string;
      readonly isEvidence: boolean;
    };

/** Whose log it says it is. @throws ProofError */
export function originOf({ note }: Submission): string {
  return parseCheckpoint(parseNote(note).text).origin;
}

/**
 * C2SP tlog-witness, add-checkpoint, in the order of its demands. Cosigning MUST happen only with the head given here
 * still in place.
 * @param keys those that are trusted for the origin
 */
export function judge(submission: Submission, keys: readonly VerifierKey[], head: Head): Verdict {
  if (keys.length === 0) return refused(404, `The log ${originOf(submission)} is not known here.`);
  let opened: OpenedCheckpoint;
  try {
    opened = openCheckpoint(submission.note, { log: keys, witnesses: [] });
  } catch (error) {
    return refused(403, reasonOf(error));
  }
  const { oldSize, proof } = submission;
  const { size, root } = opened.checkpoint;
  if (oldSize > size)
    return refused(400, `The old size ${oldSize} is larger than the checkpoint's size ${size}.`);
  if (oldSize !== head.size) return { kind: 'stale', size: head.size };
  if (oldSize === size && oldSize > 0 && Buffer.compare(root, head.root) !== 0)
    return { ...refused(409, `Another root was cosigned for size ${size}.`), isEvidence: true };
  try {
    verifyConsistency({ from: oldSize, to: size, fromRoot: head.root, toRoot: root, proof });
  } catch (error) {
    return { ...refused(422, reasonOf(error)), isEvidence: true };
  }
  return { kind: 'cosign', opened };
}

function refused(status: 400 | 403 | 404 | 409 | 422, reason: string): Verdict & { kind: 'refused' } {
  return { kind: 'refused', status, reason, isEvidence: false };
}

function reasonOf(error: unknown): string {
  if (error instanceof ProofError) return `${error.message}.`;
  throw error;
}

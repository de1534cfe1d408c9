import {
  cosign,
  formatSignature,
  formatVkey,
  openNote,
  parseCheckpoint,
  type SignerKey,
  type VerifierKey,
} from '#proofs';
import { type EvidenceStore } from './evidence.store.ts';
import { type HeadStore } from './head.store.ts';
import { type Submission } from './submission.ts';
import { type Head, judge, noHead, originOf, type Verdict } from './submission.decider.ts';

export interface WitnessParts {
  readonly key: SignerKey;
  /** Of all logs; the name of a key is the origin of its log. */
  readonly logs: readonly VerifierKey[];
  readonly heads: HeadStore;
  readonly evidence: EvidenceStore;
  /** Seconds since 1970. */
  readonly now: () => number;
}

export type Answer =
  | { readonly kind: 'cosigned'; readonly signature: string; readonly size: number }
  | Exclude<Verdict, { kind: 'cosign' }>;

/** A key and a memory: cosigns what extends the head that it cosigned last, and remembers it before it says so. */
export class Witness {
  private readonly turns = new Map<string, Promise<unknown>>();

  constructor(private readonly parts: WitnessParts) {}

  get vkey(): string {
    return formatVkey(this.parts.key.verifierKey);
  }

  get origins(): readonly string[] {
    return [...new Set(this.parts.logs.map(({ name }) => name))];
  }

  /** @throws ProofError where the checkpoint cannot even be read */
  add(submission: Submission): Promise<Answer> {
    const origin = originOf(submission);
    return this.inTurn(origin, () => this.judgeAndRemember(origin, submission));
  }

  /** The latest checkpoint that was cosigned, with the cosignature; null when there is none. */
  latest(origin: string): Promise<string | null> {
    return this.parts.heads.read(origin);
  }

  /** Between looking at the head and replacing it no other submission of that log may come. */
  private inTurn<Result>(origin: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.turns.get(origin) ?? Promise.resolve();
    const turn = before.then(work, work);
    this.turns.set(origin, turn);
    const leave = (): void => {
      if (this.turns.get(origin) === turn) this.turns.delete(origin);
    };
    turn.then(leave, leave);
    return turn;
  }

  private async judgeAndRemember(origin: string, submission: Submission): Promise<Answer> {
    const { key, logs, heads, evidence, now } = this.parts;
    const keys = logs.filter(({ name }) => name === origin);
    const verdict = judge(submission, keys, await this.headOf(origin));
    if (verdict.kind !== 'cosign') {
      if (verdict.kind === 'refused' && verdict.isEvidence)
        await evidence.keep(origin, submission, await heads.read(origin));
      return verdict;
    }
    const { checkpoint, note } = verdict.opened;
    const signature = formatSignature(cosign(note.text, now(), key));
    const signedByLog = note.verified.map((each) => formatSignature(each.signature)).join('');
    await heads.keep(origin, `${note.text}\n${signedByLog}${signature}`);
    return { kind: 'cosigned', signature, size: checkpoint.size };
  }

  /**
   * Our own signature is what makes it ours; the log's key may have been rotated since.
   * @throws ProofError when the file was altered: better no cosignature than one on a false head
   */
  private async headOf(origin: string): Promise<Head> {
    const note = await this.parts.heads.read(origin);
    if (note === null) return noHead;
    return parseCheckpoint(openNote(note, [this.parts.key.verifierKey]).text);
  }
}

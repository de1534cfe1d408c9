/** Stable names for what is wrong. */
export type ProofErrorCode =
  /** A hash has not 32 bytes. */
  | 'bad_hash'
  /** No key: its form, its name, or its id. */
  | 'bad_key'
  /** A position, or an index, that no event can have. */
  | 'bad_position'
  /** A known key has signed, but not this text. */
  | 'bad_signature'
  /** No count of leaves. */
  | 'bad_size'
  /** Not UTF-8. */
  | 'bad_text'
  /** A tile is shorter than was asked for. */
  | 'bad_tile'
  /** No path of a tile. */
  | 'bad_tile_path'
  /** No count of seconds. */
  | 'bad_timestamp'
  /** A position that the checkpoint is too small for. */
  | 'beyond_tree'
  /** A note with a control character. */
  | 'control_character'
  /** A payload is gone that no event of the bundle erased. */
  | 'erasure_unproven'
  /** An event is not the one that was signed. */
  | 'event_altered'
  /** More or fewer events than were announced. */
  | 'event_count'
  /** Of a whole ledger, an event is missing or out of place. */
  | 'event_missing'
  /** A key has signed a size that is not of its time. */
  | 'key_not_for_size'
  /** No bundle, or a line of another form. */
  | 'malformed_bundle'
  /** No checkpoint. */
  | 'malformed_checkpoint'
  /** No signed note. */
  | 'malformed_note'
  /** No proof file. */
  | 'malformed_proof_file'
  /** No trust file. */
  | 'malformed_trust_file'
  /** Nobody has signed who is trusted. */
  | 'no_known_signature'
  /** A payload, or its salt, is not the one that was signed. */
  | 'payload_altered'
  /** A payload is missing that is not said to be erased. */
  | 'payload_missing'
  /** More hashes than the sizes ask for. */
  | 'proof_too_long'
  /** Fewer hashes than the sizes ask for. */
  | 'proof_too_short'
  /** The proof leads to another root. */
  | 'root_mismatch'
  /** The later tree is the smaller one. */
  | 'smaller_than_before'
  /** What is read in place of an erased payload is not what was recorded. */
  | 'stub_altered'
  /** A note with more than 16. */
  | 'too_many_signatures'
  /** Hashes of the tree in a bundle do not lead to the signed root. */
  | 'tree_altered'
  /** A bundle without its end. */
  | 'truncated'
  /** A key of one log has signed the head of another. */
  | 'wrong_origin';

/** What was to be proved is not proved, or could not be read. The message names the place, never a secret. */
export class ProofError extends Error {
  constructor(
    readonly code: ProofErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'ProofError';
  }
}

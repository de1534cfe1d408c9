/** Stable names for what is wrong; the README lists them with their meaning. */
export type ProofErrorCode =
  | 'bad_hash'
  | 'bad_key'
  | 'bad_position'
  | 'bad_signature'
  | 'bad_size'
  | 'bad_text'
  | 'bad_tile'
  | 'bad_tile_path'
  | 'bad_timestamp'
  | 'beyond_tree'
  | 'control_character'
  | 'erasure_unproven'
  | 'event_altered'
  | 'event_count'
  | 'event_missing'
  | 'key_not_for_size'
  | 'malformed_bundle'
  | 'malformed_checkpoint'
  | 'malformed_note'
  | 'malformed_proof_file'
  | 'malformed_trust_file'
  | 'no_known_signature'
  | 'payload_altered'
  | 'payload_missing'
  | 'proof_too_long'
  | 'proof_too_short'
  | 'root_mismatch'
  | 'smaller_than_before'
  | 'stub_altered'
  | 'too_many_signatures'
  | 'tree_altered'
  | 'truncated'
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

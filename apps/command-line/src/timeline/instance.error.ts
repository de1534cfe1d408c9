/** The scratch instance could not be started, or failed under way; the message holds its last words. */
export class InstanceError extends Error {
  override readonly name = 'InstanceError';
}

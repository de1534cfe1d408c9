const rebalances = [
  'REBALANCE_IN_PROGRESS',
  'NOT_COORDINATOR_FOR_GROUP',
  'ILLEGAL_GENERATION',
  'UNKNOWN_MEMBER_ID',
];

/** The group has moved on without us, and only joining it again helps. */
export function isRebalance(error: unknown): boolean {
  return error instanceof Error && 'type' in error && rebalances.includes(String(error.type));
}

/**
 * Works while telling the group that we live, because kafkajs does not while a batch is in hand.
 * @throws the error that tells of a rebalance, once the work has come to an end
 */
export async function beating<Result>(
  heartbeat: () => Promise<void>,
  everyMs: number,
  { work, onRebalance }: { work: () => Promise<Result>; onRebalance: () => void },
): Promise<Result> {
  const seen: { rebalance: Error | null } = { rebalance: null };
  const timer = setInterval(() => {
    heartbeat().catch((error: unknown) => {
      if (seen.rebalance !== null || !isRebalance(error)) return;
      seen.rebalance = error as Error;
      onRebalance();
    });
  }, everyMs);
  try {
    const result = await work();
    if (seen.rebalance !== null) throw seen.rebalance;
    return result;
  } finally {
    clearInterval(timer);
  }
}

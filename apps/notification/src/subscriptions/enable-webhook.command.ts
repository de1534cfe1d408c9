import { inTransaction } from '#platform';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { type Tx } from '#projection';
import { wakeUpChannel } from '../deliveries/fan-out.ts';
import { type Lane } from '../deliveries/lane.decider.ts';
import { NOTIFICATION_LIMITS, NOTIFICATION_POOL } from '../notification.tokens.ts';
import { type SubscriptionLimits } from './create-webhook.command.ts';
import { UnknownWebhookError } from './webhook.error.ts';
import { type Enabling } from './webhook.input.ts';

export interface EnabledWebhook {
  readonly id: string;
  readonly dryRun: boolean;
  /** Held messages that are sent, or would be. */
  readonly deliverCount: number;
  readonly discardCount: number;
}

export class EnableWebhook extends Command<EnabledWebhook> {
  constructor(
    readonly webhookId: string,
    readonly enabling: Enabling,
  ) {
    super();
  }
}

/** Opens a disabled lane again and decides about what was held meanwhile. */
@CommandHandler(EnableWebhook)
export class EnableWebhookHandler implements ICommandHandler<EnableWebhook> {
  constructor(
    @Inject(NOTIFICATION_POOL) private readonly pool: Pool,
    @Inject(NOTIFICATION_LIMITS) private readonly limits: SubscriptionLimits,
  ) {}

  async execute({ webhookId, enabling: { held, dryRun } }: EnableWebhook): Promise<EnabledWebhook> {
    return inTransaction(this.pool, async (tx) => {
      const nothing = { id: webhookId, dryRun, deliverCount: 0, discardCount: 0 };
      if ((await lockLane(tx, webhookId)) !== 'disabled') return nothing;
      const { keep, discard } = await sortHeld(tx, webhookId, held);
      if (!dryRun) {
        await writeHeld(tx, keep, discard, this.limits.messageAgeMs);
        await openLane(tx, webhookId, Date.now());
      }
      return { ...nothing, deliverCount: keep.length, discardCount: discard.length };
    });
  }
}

async function lockLane(tx: Tx, webhookId: string): Promise<Lane['phase']> {
  const { rows } = await tx.query<{ phase: Lane['phase'] }>(
    'SELECT phase FROM notification.lane WHERE webhook_id = $1 FOR UPDATE',
    [webhookId],
  );
  if (rows[0] === undefined) throw new UnknownWebhookError(webhookId);
  return rows[0].phase;
}

interface HeldMessages {
  readonly keep: readonly string[];
  readonly discard: readonly string[];
}

async function sortHeld(tx: Tx, webhookId: string, held: Enabling['held']): Promise<HeldMessages> {
  const { rows } = await tx.query<{ delivery_id: string; newest: boolean }>(
    `SELECT delivery_id, row_number() OVER (PARTITION BY type, corridor ORDER BY sequence DESC) = 1 AS newest
     FROM notification.message JOIN notification.event USING (event_id)
     WHERE webhook_id = $1 AND state = 'pending'`,
    [webhookId],
  );
  const isKept = (newest: boolean): boolean => held === 'deliver' || (held === 'latest' && newest);
  const idsOf = (kept: boolean): string[] =>
    rows.filter(({ newest }) => isKept(newest) === kept).map(({ delivery_id }) => delivery_id);
  return { keep: idsOf(true), discard: idsOf(false) };
}

async function writeHeld(
  tx: Tx,
  keep: readonly string[],
  discard: readonly string[],
  messageAgeMs: number,
): Promise<void> {
  // Time in a disabled lane was not theirs to use, so their age begins now.
  await tx.query(
    `UPDATE notification.message SET not_before = now(), dies_at = now() + $2 * interval '1 millisecond'
     WHERE delivery_id = ANY ($1::uuid[])`,
    [keep, messageAgeMs],
  );
  await tx.query(
    `UPDATE notification.message SET state = 'discarded', ended_at = now() WHERE delivery_id = ANY ($1::uuid[])`,
    [discard],
  );
}

/** As after a recovery: what piled up goes out at a rising pace. */
async function openLane(tx: Tx, webhookId: string, nowMs: number): Promise<void> {
  const lane: Lane = { phase: 'recovering', recoveredAtMs: nowMs, lastStartAtMs: 0, drought: null };
  await tx.query(
    `UPDATE notification.lane SET health = $2, hold_until = NULL, due_at = now(), revision = revision + 1
     WHERE webhook_id = $1`,
    [webhookId, JSON.stringify(lane)],
  );
  await tx.query(`NOTIFY ${wakeUpChannel}`);
}

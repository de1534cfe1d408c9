import { type Lane } from '../deliveries/lane.decider.ts';
import { type SealedSecret } from '../deliveries/endpoint.reader.ts';

/** A webhook as its owner sees it. Secrets and header values stay inside. */
export interface WebhookView {
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly corridors: readonly string[];
  readonly minConfidence: string | null;
  readonly ordered: boolean;
  readonly headerNames: readonly string[];
  readonly state: 'enabled' | 'disabled';
  readonly disabledReason: string | null;
  readonly lane: LaneView;
  /** When older secrets stop to sign beside the newest. */
  readonly previousSecretsExpireAt: readonly string[];
  /** Events of the ledger up to here are not sent: they were before the webhook. */
  readonly fromPosition: number;
  readonly lastSequence: number;
  readonly createdAt: string;
}

export interface LaneView {
  readonly phase: Lane['phase'];
  readonly failureCount: number;
  readonly nextProbeAt: string | null;
  /** Since when nothing was delivered, and in how many tries; null after a success. */
  readonly withoutSuccess: { readonly since: string; readonly tryCount: number } | null;
}

export interface WebhookRow {
  readonly webhook_id: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly corridors: readonly string[];
  readonly min_confidence: string | null;
  readonly ordered: boolean;
  readonly header_names: readonly string[];
  readonly secrets: readonly SealedSecret[];
  readonly from_position: string;
  readonly created_at: Date;
  readonly health: Lane;
  readonly last_sequence: string;
}

export const selectWebhooks = `
  SELECT w.webhook_id, w.url, w.events, w.corridors, w.min_confidence, w.ordered, w.header_names, w.secrets,
         w.from_position, w.created_at, l.health, l.last_sequence
  FROM notification.webhook AS w JOIN notification.lane AS l USING (webhook_id)`;

export function webhookView(row: WebhookRow, nowMs: number): WebhookView {
  const { health } = row;
  return {
    id: row.webhook_id,
    url: row.url,
    events: row.events,
    corridors: row.corridors,
    minConfidence: row.min_confidence,
    ordered: row.ordered,
    headerNames: row.header_names,
    state: health.phase === 'disabled' ? 'disabled' : 'enabled',
    disabledReason: health.phase === 'disabled' ? health.reason : null,
    lane: laneView(health),
    previousSecretsExpireAt: row.secrets
      .map(({ expiresAtMs }) => expiresAtMs)
      .filter((expiresAtMs) => expiresAtMs !== null && expiresAtMs > nowMs)
      .map((expiresAtMs) => new Date(expiresAtMs ?? 0).toISOString()),
    fromPosition: Number(row.from_position),
    lastSequence: Number(row.last_sequence),
    createdAt: row.created_at.toISOString(),
  };
}

function laneView(lane: Lane): LaneView {
  const failing = lane.phase === 'failing';
  const { drought } = lane;
  return {
    phase: lane.phase,
    failureCount: failing ? lane.failureCount : 0,
    nextProbeAt: failing ? new Date(lane.probeAtMs).toISOString() : null,
    withoutSuccess:
      drought === null
        ? null
        : { since: new Date(drought.sinceMs).toISOString(), tryCount: drought.tryCount },
  };
}

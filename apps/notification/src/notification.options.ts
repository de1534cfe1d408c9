import { type ResolverSettings, type TargetPolicy } from '#address-guard';
import { productVersion } from '#platform';
import { type DeliveryWorkerSettings } from './deliveries/delivery.worker.ts';
import { lanePolicy } from './deliveries/lane.policy.ts';
import { type WebhookSettings } from './notification.config.ts';
import { type SenderIdentity } from './sending/delivery.headers.ts';
import { type SenderSettings } from './sending/webhook.sender.ts';
import { type SubscriptionLimits } from './subscriptions/create-webhook.command.ts';

/** The settings as each room wants them. */
export interface NotificationOptions {
  readonly identity: SenderIdentity;
  readonly targets: TargetPolicy;
  readonly resolver: ResolverSettings;
  readonly sender: SenderSettings;
  readonly worker: DeliveryWorkerSettings;
  readonly limits: SubscriptionLimits;
  readonly upkeep: { readonly expireEveryMs: number; readonly attemptsKeptMs: number };
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** What a lease has over the longest attempt: time to write its outcome. */
const leaseMarginMs = 5_000;

/** @param publicUrl what links begin with where PUBLIC_URL is not set */
export function notificationOptions(settings: WebhookSettings, publicUrl: string): NotificationOptions {
  const scale = settings.WEBHOOK_SCHEDULE_SCALE;
  const attemptTimeoutMs = settings.WEBHOOK_ATTEMPT_TIMEOUT_MS;
  return {
    identity: {
      userAgent: `CorridorWatch-Webhooks/${productVersion}`,
      publicUrl: settings.PUBLIC_URL ?? publicUrl,
    },
    targets: {
      allowHttp: settings.WEBHOOK_ALLOW_HTTP,
      allowLoopback: settings.WEBHOOK_ALLOW_LOOPBACK,
      allowedAddresses: new Set(settings.WEBHOOK_ALLOWED_ADDRESSES),
    },
    resolver: { dnsTimeoutMs: settings.WEBHOOK_DNS_TIMEOUT_MS, dnsServers: settings.WEBHOOK_DNS_SERVERS },
    sender: {
      connectTimeoutMs: settings.WEBHOOK_CONNECT_TIMEOUT_MS,
      headersTimeoutMs: settings.WEBHOOK_HEADERS_TIMEOUT_MS,
      attemptTimeoutMs,
      excerptTimeoutMs: Math.min(2_000, attemptTimeoutMs),
      certificateAuthorities: settings.WEBHOOK_CA_FILE === undefined ? [] : [settings.WEBHOOK_CA_FILE],
    },
    worker: {
      policy: lanePolicy({ scale, rampStartPerSecond: settings.WEBHOOK_RAMP_START_PER_SECOND }),
      lanesMax: settings.WEBHOOK_LANES_MAX,
      leaseMs: attemptTimeoutMs + leaseMarginMs,
      sendWithinMs: leaseMarginMs / 2,
      pollMs: settings.WEBHOOK_POLL_MS,
      // The process itself is given ten seconds; what comes after us needs some of them.
      drainMs: 8_000,
    },
    limits: {
      webhookCountMax: settings.WEBHOOKS_MAX,
      messageAgeMs: settings.WEBHOOK_MESSAGE_AGE_MINUTES * minuteMs * scale,
    },
    upkeep: {
      expireEveryMs: Math.max(1_000, minuteMs * scale),
      attemptsKeptMs: settings.WEBHOOK_ATTEMPTS_KEPT_DAYS * dayMs,
    },
  };
}

import { Module, type DynamicModule } from '@nestjs/common';
import { type Pool } from 'pg';
import { Registry } from 'prom-client';
import { addressGuard, dnsResolver, type AddressGuard } from '#address-guard';
import { type Feed } from '#feed';
import { type Ledger } from '#ledger';
import { HealthRegistry, LOGGER, type Logger } from '#platform';
import { ProjectionHost, ProjectionHosts } from '#service';
import { DeliveriesController } from './deliveries/deliveries.controller.ts';
import { deliveriesProjector } from './deliveries/deliveries.projector.ts';
import { DeliveryByIdHandler } from './deliveries/delivery.query.ts';
import { DeliveryHost } from './deliveries/delivery.host.ts';
import { DeliveryJournal } from './deliveries/delivery.journal.ts';
import { DeliveryListHandler } from './deliveries/delivery-list.query.ts';
import { DeliveryWorker } from './deliveries/delivery.worker.ts';
import { RedeliverHandler } from './deliveries/redeliver.command.ts';
import { TestWebhookHandler } from './deliveries/test-webhook.command.ts';
import { WebhookEventsHandler } from './deliveries/webhook-events.query.ts';
import { type NotificationOptions } from './notification.options.ts';
import {
  ADDRESS_GUARD,
  NOTIFICATION_LEDGER,
  NOTIFICATION_LIMITS,
  NOTIFICATION_POOL,
  SECRET_CIPHER,
} from './notification.tokens.ts';
import { secretCipher, type SecretCipher } from './sending/secret.cipher.ts';
import { webhookSender } from './sending/webhook.sender.ts';
import { ChangeWebhookHandler } from './subscriptions/change-webhook.command.ts';
import { CreateWebhookHandler } from './subscriptions/create-webhook.command.ts';
import { EnableWebhookHandler } from './subscriptions/enable-webhook.command.ts';
import { RemoveWebhookHandler } from './subscriptions/remove-webhook.command.ts';
import { RotateSecretHandler } from './subscriptions/rotate-secret.command.ts';
import { WebhookByIdHandler } from './subscriptions/webhook.query.ts';
import { WebhookListHandler } from './subscriptions/webhook-list.query.ts';
import { WebhooksController } from './subscriptions/webhooks.controller.ts';

export interface NotificationParts {
  readonly pool: Pool;
  /** Only its head is asked for: what a new webhook is not told of. */
  readonly ledger: Ledger;
  readonly feed: Feed;
  /** 32 bytes; seals webhook secrets. */
  readonly secretKey: Buffer;
  readonly options: NotificationOptions;
}

const handlers = [
  ChangeWebhookHandler,
  CreateWebhookHandler,
  DeliveryByIdHandler,
  DeliveryListHandler,
  EnableWebhookHandler,
  RedeliverHandler,
  RemoveWebhookHandler,
  RotateSecretHandler,
  TestWebhookHandler,
  WebhookByIdHandler,
  WebhookEventsHandler,
  WebhookListHandler,
];

/** Subscriptions, and the lanes that deliver to them. */
@Module({})
export class NotificationModule {
  static with(parts: NotificationParts): DynamicModule {
    const { pool, ledger, secretKey, options } = parts;
    return {
      module: NotificationModule,
      controllers: [WebhooksController, DeliveriesController],
      providers: [
        { provide: NOTIFICATION_POOL, useValue: pool },
        { provide: NOTIFICATION_LEDGER, useValue: ledger },
        { provide: NOTIFICATION_LIMITS, useValue: options.limits },
        { provide: SECRET_CIPHER, useValue: secretCipher(secretKey) },
        { provide: ADDRESS_GUARD, useValue: addressGuard(options.targets, dnsResolver(options.resolver)) },
        {
          provide: DeliveryWorker,
          inject: [ADDRESS_GUARD, SECRET_CIPHER, LOGGER, Registry],
          useFactory: (guard: AddressGuard, cipher: SecretCipher, logger: Logger, registry: Registry) =>
            deliveryWorker(parts, guard, cipher, new DeliveryJournal(logger, registry)),
        },
        {
          provide: DeliveryHost,
          inject: [DeliveryWorker, HealthRegistry, Registry, LOGGER],
          useFactory: (worker: DeliveryWorker, health: HealthRegistry, registry: Registry, logger: Logger) =>
            new DeliveryHost({ pool, worker, logger, ...options.upkeep }, health, registry),
        },
        {
          provide: ProjectionHost,
          inject: [DeliveryWorker, ProjectionHosts],
          useFactory: (worker: DeliveryWorker, hosts: ProjectionHosts) =>
            projectionHost(parts, worker, hosts),
        },
        ...handlers,
      ],
    };
  }
}

function deliveryWorker(
  { pool, options }: NotificationParts,
  guard: AddressGuard,
  cipher: SecretCipher,
  journal: DeliveryJournal,
): DeliveryWorker {
  const send = webhookSender(guard, options.sender);
  return new DeliveryWorker({
    pool,
    send,
    cipher,
    identity: options.identity,
    journal,
    settings: options.worker,
  });
}

function projectionHost(
  { pool, ledger, feed, options }: NotificationParts,
  worker: DeliveryWorker,
  hosts: ProjectionHosts,
) {
  const { publicUrl } = options.identity;
  const projector = deliveriesProjector({ publicUrl, messageAgeMs: options.limits.messageAgeMs });
  // In one process with the projector the worker need not wait for the notice to come back from Postgres.
  const onApplied = (eventCount: number): void => {
    if (eventCount > 0) worker.wakeUp();
  };
  return hosts.add({ projector, feed, pool, ledger, schema: 'notification', onApplied });
}

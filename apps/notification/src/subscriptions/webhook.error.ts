export class UnknownWebhookError extends Error {
  readonly code = 'unknown_webhook';
  constructor(webhookId: string) {
    super(`There is no webhook "${webhookId}".`);
  }
}

export class WebhookLimitReachedError extends Error {
  readonly code = 'webhook_limit_reached';
  constructor(webhookCountMax: number) {
    super(`This deployment allows ${webhookCountMax} webhooks; delete one that is not needed.`);
  }
}

export class WebhookDisabledError extends Error {
  readonly code = 'webhook_disabled';
  constructor(webhookId: string) {
    super(`The webhook "${webhookId}" is disabled; POST /v1/webhooks/${webhookId}/enable opens it again.`);
  }
}

export class HeaderRefusedError extends Error {
  readonly code = 'header_refused';
  readonly errors: readonly { pointer: string; message: string }[];
  constructor(name: string, reason: string) {
    super(`The header "${name}" ${reason}.`);
    this.errors = [
      { pointer: `/headers/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, message: reason },
    ];
  }
}

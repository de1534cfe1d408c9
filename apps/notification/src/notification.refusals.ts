import { type RefusalTable } from '#platform';

export const notificationRefusals: RefusalTable = {
  unknown_webhook: { status: 404, title: 'There is no such webhook' },
  unknown_delivery: { status: 404, title: 'There is no such delivery' },
  url_refused: { status: 422, title: 'The URL cannot be a webhook' },
  blocked_address: { status: 422, title: 'The URL leads to an address that webhooks may not reach' },
  dns_not_found: { status: 422, title: 'The host of the URL has no address' },
  dns_timeout: { status: 422, title: 'The host of the URL could not be looked up' },
  dns_failed: { status: 422, title: 'The host of the URL could not be looked up' },
  header_refused: { status: 422, title: 'A custom header is not allowed' },
  webhook_limit_reached: { status: 409, title: 'There are as many webhooks as this deployment allows' },
  webhook_disabled: { status: 409, title: 'The webhook is disabled' },
};

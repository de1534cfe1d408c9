import { targetRefusals } from '#address-guard';
import { type RefusalTable } from '#platform';

export const notificationRefusals: RefusalTable = {
  unknown_webhook: { status: 404, title: 'There is no such webhook' },
  unknown_delivery: { status: 404, title: 'There is no such delivery' },
  ...targetRefusals,
  header_refused: { status: 422, title: 'A custom header is not allowed' },
  webhook_limit_reached: { status: 409, title: 'There are as many webhooks as this deployment allows' },
  webhook_disabled: { status: 409, title: 'The webhook is disabled' },
};

import { type Projector } from '#projection';
import { fanOut, type FanOutSettings } from './fan-out.ts';
import { notificationsOf, notifiedEvents } from './notification.body.ts';
import { withNewClaimsAlone } from './told-claims.ts';

export interface DeliveriesSettings extends FanOutSettings {
  /** Where this deployment's API answers, without a trailing slash. */
  readonly publicUrl: string;
}

/** Turns what happened into messages for the endpoints that want to know. */
export function deliveriesProjector(
  settings: DeliveriesSettings,
): Projector<(typeof notifiedEvents)[number]> {
  return {
    name: 'deliveries',
    reads: notifiedEvents,
    apply: async (events, tx) => {
      const news = await withNewClaimsAlone(tx, events);
      const notifications = news.flatMap((event) => notificationsOf(event, settings.publicUrl));
      if (notifications.length > 0) await fanOut(tx, notifications, settings);
    },
  };
}

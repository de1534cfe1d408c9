import { type Projector } from '#projection';
import { fanOut, type FanOutSettings } from './fan-out.ts';
import { notificationsOf, notifiedEvents } from './notification.body.ts';
import { noteRedactions, redactMessages, withoutRedactedWords } from './redacted-messages.ts';
import { withNewClaimsAlone } from './told-claims.ts';

export interface DeliveriesSettings extends FanOutSettings {
  /** Where this deployment's API answers, without a trailing slash. */
  readonly publicUrl: string;
}

const reads = [...notifiedEvents, 'StatementRedacted'] as const;

/** Turns what happened into messages for the endpoints that want to know. */
export function deliveriesProjector(settings: DeliveriesSettings): Projector<(typeof reads)[number]> {
  return {
    name: 'deliveries',
    reads,
    apply: async (events, tx) => {
      const redactions = events.filter((event) => event.type === 'StatementRedacted');
      const told = events.filter((event) => event.type !== 'StatementRedacted');
      // Before the messages of the same batch, which are then told without the words, too.
      await noteRedactions(tx, redactions);
      const news = await withoutRedactedWords(tx, await withNewClaimsAlone(tx, told));
      const notifications = news.flatMap((event) => notificationsOf(event, settings.publicUrl));
      if (notifications.length > 0) await fanOut(tx, notifications, settings);
      await redactMessages(tx, redactions);
    },
  };
}

import { markOf, type MarkKind } from '../../outgoing/site-mark';
import type { Step } from './types';

/** By which the scan log tells a test email that came back: see ../round-trip.ts. */
export const TEST_CAME_BACK = 'A test email of this mail scanner came back: it is no matter of rules.';

const REASONS: Record<MarkKind, string> = { alert: 'An alert of this mail scanner.', test: TEST_CAME_BACK };

/** What this site wrote to its own people, an alert about a mailbox or a test email, must not become a ticket. */
export const ownAlert: Step = {
  name: 'ownAlert',
  decide({ strapi, message }) {
    const kind = markOf(strapi, message.headers);
    return kind && { outcome: 'noMatch', reason: REASONS[kind] };
  },
};

import { markOf, type MarkKind } from '../../outgoing/site-mark';
import type { Step } from './types';
import { inEnglish, say, type Said } from '../../../../shared/sentences/words';

const REASONS: Record<MarkKind, Said> = { alert: say('alert.own'), test: say('log.testCameBack') };

/** By which the scan log tells a test email that came back: see ../round-trip.ts. */
export const TEST_CAME_BACK = inEnglish(REASONS.test);

/** What this site wrote to its own people, an alert about a mailbox or a test email, must not become a ticket. */
export const ownAlert: Step = {
  name: 'ownAlert',
  decide({ strapi, message }) {
    const kind = markOf(strapi, message.headers);
    return kind && { outcome: 'noMatch', reason: REASONS[kind] };
  },
};

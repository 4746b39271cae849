import type { ParsedMessage } from '../../message/types';
import { markIn, markOf, type MarkKind } from '../../outgoing/site-mark';
import type { Step } from './types';
import { inEnglish, say, type Said } from '../../../../shared/sentences/words';

const REASONS: Record<MarkKind, Said> = { alert: say('alert.own'), test: say('log.testCameBack'), notice: say('notice.own') };

/** By which the scan log tells a test email that came back: see ../round-trip.ts. */
export const TEST_CAME_BACK = inEnglish(REASONS.test);

/**
 * What this site wrote to its own people, an alert about a mailbox, a test email or what an administrator is told, must not become a ticket;
 * nor must what a machine answers to it, of which people would be told again.
 */
export const ownAlert: Step = {
  name: 'ownAlert',
  decide({ strapi, message }) {
    const kind = markOf(strapi, message.headers);
    if (kind) return { outcome: 'noMatch', reason: REASONS[kind] };
    return markIn(strapi, answeredByMachine(message)) && { outcome: 'noMatch', reason: say('notice.answeredByMachine') };
  },
};

/** The Message-IDs that a machine answers to, or could not deliver. */
const answeredByMachine = ({ automatic, bounce, inReplyTo, references }: ParsedMessage): string[] => [
  ...(bounce?.originalMessageIds ?? []),
  ...(automatic ? [...inReplyTo, ...references] : []),
];

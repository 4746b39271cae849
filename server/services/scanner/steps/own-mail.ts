import { OWN_MAIL_HEADER } from '../../outgoing/compose';
import type { Step, StepContext } from './types';
import { say } from '../../../../shared/sentences/words';

/** An email of the outbox that came back, by a list or a copy to ourselves, is no matter of rules. */
export const ownMail: Step = {
  name: 'ownMail',
  decide(context) {
    return isOwnMail(context) ? { outcome: 'noMatch', reason: say('log.own') } : null;
  },
};

/** By its Message-ID or, where the outgoing server gives emails another one, by mark and sender. */
function isOwnMail({ desk, ownAddresses, message: { messageId, from, headers } }: StepContext): boolean {
  if (messageId !== null && desk.delivery(messageId) !== null) return true;
  const isMarked = (headers[OWN_MAIL_HEADER.toLowerCase()] ?? []).some((value) => THREAD_TOKEN.test(value));
  return isMarked && from !== null && ownAddresses.has(from.address);
}

/** Alerts and test emails have another mark: outgoing/site-mark.ts. */
const THREAD_TOKEN = /^\s*[0-9a-f]{32}\s*$/i;

import { addressesIn } from '../../message/mime/header';
import { ownMarksIn } from '../own-marks';
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
function isOwnMail({ desk, ownAddresses, message }: StepContext): boolean {
  const { messageId, from } = message;
  if (messageId !== null && desk.delivery(messageId) !== null) return true;
  const marks = ownMarksIn(message);
  if (marks.length === 0) return false;
  if (from !== null && ownAddresses.has(from.address)) return true;
  return desk.ticketOfSentIds(marks) !== null && sendersBesideFrom(message).some((address) => ownAddresses.has(address));
}

/** Where a list that puts itself into From keeps who wrote. */
function sendersBesideFrom({ sender, replyTo, list, headers }: StepContext['message']): string[] {
  const originals = ['x-original-from', 'x-original-sender'].flatMap((name) => headers[name] ?? []).flatMap(addressesIn);
  return [sender, list?.author, ...replyTo, ...originals].flatMap((person) => person?.address ?? []);
}

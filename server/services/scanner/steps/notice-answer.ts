import { placeOf } from '../../action/copies';
import { comment } from '../../action/message-comment';
import { ticketToldBy } from '../../helpdesk/notices';
import { noticeMarkIn } from '../../outgoing/site-mark';
import type { Step } from './types';
import { say } from '../../../../shared/sentences/words';

/**
 * What an administrator answers to an email that told them of a ticket is an internal note of that ticket. It may say what no customer is to
 * read, so it goes to nobody; and no rule sees it: it is no request. Where the email told of several tickets, nobody knows which one is meant.
 */
export const noticeAnswer: Step = {
  name: 'noticeAnswer',
  async decide(context) {
    const { strapi, desk, message } = context;
    if (message.from === null || message.identity === 'doubtful') return null;
    const mark = noticeMarkIn(strapi, [...message.inReplyTo, ...message.references, ...message.to.map(({ name }) => name)]);
    const told = mark === null ? null : await ticketToldBy(strapi, mark, message.from.address);
    const found = told === null ? null : await desk.ticketOfNumber(told);
    if (!found) return null;
    const number = found.ticketNumber ?? '';
    const { ticket, copy } = await placeOf(context, found, () => false);
    context.ticket = copy?.ticket ?? ticket ?? found;
    if (copy) {
      context.comment = copy.comment;
      return { outcome: 'processed', reason: say('log.heldAlready', { ticket: number }) };
    }
    // By one of us: it is no news of a customer, and its author takes no part in the conversation with them.
    Object.assign(context, { isOurs: true, isByColleague: true });
    comment(context, found, 'thread', { isPublic: false });
    return { outcome: 'processed', reason: say('log.noticeAnswered', { ticket: number }) };
  },
};

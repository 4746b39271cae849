import { z } from '@strapi/utils';
import { say } from '../../../shared/sentences/words';
import { ticketAction } from '../action/types';
import { schemaSays } from '../lib/schema-words';
import { mayWriteTo } from '../outgoing/customer-emails';
import { replyByItself } from '../outgoing/reply-by-itself';
import { UID } from '../uids';

interface Config {
  /** The documentId of a canned reply. */
  reply: string;
}

/**
 * Answers the customer with a canned reply, as a public comment that nobody signs: the conversation shows it, and its email stands in the
 * outbox by the same transaction. A machine, a list and an address of ours get none, and what arrives is answered once an hour.
 */
export const answerCustomer = ticketAction<Config>({
  type: 'answerCustomer',
  label: 'Answer the customer with a canned reply',
  config: z.object({ reply: z.string(schemaSays('rule.chooseReply')).min(1, schemaSays('rule.chooseReply')).max(50) }).strict(),
  describe: () => 'answer with a canned reply',
  async onTicket({ strapi, desk, ticket, note, mayAnswer, isTimed }, { reply }) {
    if (!ticket) return note(say('rule.noTicketToAnswer'));
    if (!mayAnswer()) return note(say('rule.notAnswered'));
    desk.whenWritten(async () => {
      const id = ticket.record.id!;
      const html = await replyByItself(strapi, id, reply);
      if (html === null) return note(say('rule.replyGone'));
      if (!(await mayWriteTo(strapi, id, { onceAnHour: !isTimed }))) return note(say('rule.notAnswered'));
      const data = { html, isPublic: true, isAutomatic: true, source: 'api', ticket: id };
      await strapi.documents(UID.comment).create({ data });
      note(say('rule.answered'));
    });
  },
});

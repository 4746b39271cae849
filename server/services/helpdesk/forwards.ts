import type { Core } from '@strapi/strapi';
import { FORWARD_TEMPLATE } from '../../../shared/vocabulary';
import { pointsAt } from '../platform/links';
import { UID } from '../uids';
import { tokenOf } from './thread-token';

/**
 * What is forwarded to somebody outside has a conversation of its own, beside the customer's and within the ticket: its emails share a token
 * that no ticket has, and all of it is internal. By that token an answer is told from one to the customer's conversation.
 */

/** The people with which a ticket has such conversations: the tokens of these by addresses in lower case, the newest for each. */
export async function forwardsByPeople(strapi: Core.Strapi, ticket: number): Promise<Map<string, string>> {
  const people = new Map<string, string>();
  const sent = await strapi.db.query(UID.delivery).findMany({
    select: ['messageId', 'to', 'cc', 'bcc'],
    where: { ticket: { id: ticket }, template: FORWARD_TEMPLATE },
    orderBy: { id: 'asc' },
  });
  for (const { messageId, to, cc, bcc } of sent) {
    const token = tokenOf(messageId);
    for (const { address } of [to, cc, bcc].flatMap((some) => some ?? [])) if (token) people.set(address.toLowerCase(), token);
  }
  return people;
}

interface ForwardedEmail {
  messageId: string;
  createdAt: string | Date;
}

/** The emails of one such conversation in both directions, oldest first, under the Message-IDs that its people know. */
export async function emailsOfForward(strapi: Core.Strapi, ticket: number, token: string): Promise<ForwardedEmail[]> {
  const where = { $and: [{ forwardToken: token }, pointsAt(strapi, UID.comment, 'ticket', ticket)] };
  const comments = await strapi.db.query(UID.comment).findMany({ select: ['id', 'messageId', 'createdAt'], where, orderBy: { id: 'asc' } });
  const sent = await strapi.db.query(UID.delivery).findMany({
    select: ['messageId', 'sentMessageId', 'createdAt'],
    where: { comment: { id: { $in: comments.map(({ id }) => id) } }, state: 'sent' },
  });
  return [
    ...comments.filter(({ messageId }) => messageId),
    ...sent.map(({ sentMessageId, messageId, ...row }) => ({ ...row, messageId: sentMessageId || messageId })),
  ].sort((one, other) => new Date(one.createdAt).getTime() - new Date(other.createdAt).getTime()) as ForwardedEmail[];
}

import type { Core } from '@strapi/strapi';
import { speechOf } from '../settings/settings';
import { UID } from '../uids';
import { senderOf } from './compose-delivery';
import { cannedReplyValues, type Agent } from './tags';
import { renderTemplate } from './template';
import { readTicket } from './ticket-reading';

/**
 * A canned reply as the helpdesk sends it by itself, its text alone, in the name of the person who has the ticket, or of the sender of its emails; null when it
 * is gone, or has become one of somebody's own.
 */
export async function replyByItself(strapi: Core.Strapi, ticketId: number, documentId: string): Promise<string | null> {
  const reply = await strapi.db.query(UID.cannedReply).findOne({ select: ['body'], where: { documentId, owner: { $null: true } } });
  if (!reply) return null;
  const ticket = await readTicket(strapi, ticketId);
  const { address, name } = await senderOf(strapi, ticket.scanner);
  const agent: Agent = ticket.assignee ?? { firstname: name, lastname: null, email: address };
  const values = cannedReplyValues({ ticket, contact: ticket.contact, account: ticket.account }, agent);
  return renderTemplate(reply.body, values, { html: true, speech: await speechOf(strapi) }).text;
}

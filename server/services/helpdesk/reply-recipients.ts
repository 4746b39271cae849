import type { Core } from '@strapi/strapi';
import type { Address } from '../message/types';
import { compose } from '../outgoing/compose';
import { readTicket, senderOf } from '../outgoing/compose-delivery';
import { templateOf } from '../outgoing/email-templates';
import { ownAddresses } from '../settings/own-addresses';

export interface ReplyRecipients {
  from: Address | null;
  to: Address[];
  cc: Address[];
  /** Why a public comment would not be sent; null when it would. */
  problem: 'noSender' | 'templateOff' | 'noRecipient' | null;
}

/** Whom the email about a public comment would go to if it were written now, by the code that sends it. */
export async function replyRecipients(strapi: Core.Strapi, ticketId: number): Promise<ReplyRecipients> {
  const template = await templateOf(strapi, 'change-comments');
  const ticket = await readTicket(strapi, ticketId);
  const from = await senderOf(strapi, ticket.scanner);
  if (!from.address) return { from: null, to: [], cc: [], problem: 'noSender' };
  const { to, cc } = compose({
    ticket,
    contact: ticket.contact,
    account: ticket.account,
    comments: [],
    template,
    sender: { address: from.address, name: from.name ?? '' },
    thread: { messageIds: [], inReplyTo: null },
    ownAddresses: [...(await ownAddresses(strapi))],
  });
  const problem = !template.active ? 'templateOff' : to.length === 0 ? 'noRecipient' : null;
  return { from: { address: from.address, name: from.name ?? '' }, to, cc, problem };
}

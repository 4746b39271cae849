import type { Core } from '@strapi/strapi';
import { ownAddresses } from '../settings/own-addresses';
import { getOutgoingMail } from '../settings/settings';
import { UID } from '../uids';
import { compose } from './compose';
import { templateOf } from './email-templates';
import type { OutgoingMail } from './transport';

/** A delivery that has nobody to go to, or is not to go any more. */
export class NotDeliverable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NotDeliverable';
  }
}

/** As many comments as an email tells. */
const MAX_COMMENTS = 30;

/** Makes the email of a delivery from what the database holds at this moment. Throws NotDeliverable with the reason. */
export async function composeDelivery(
  strapi: Core.Strapi,
  delivery: { messageId: string; ticket: { id: number } | null; comment: { id: number } | null },
): Promise<OutgoingMail> {
  if (!delivery.ticket || !delivery.comment) throw new NotDeliverable('The ticket or the comment was deleted before the email left.');
  const comment = await strapi.db.query(UID.comment).findOne({ select: ['id', 'isPublic'], where: { id: delivery.comment.id } });
  if (!comment?.isPublic) throw new NotDeliverable('The comment was made internal before the email left.');
  const template = await templateOf(strapi, 'change-comments');
  if (!template.active) throw new NotDeliverable('The email template "Change Comments" is switched off.');

  const ticket = await readTicket(strapi, delivery.ticket.id);
  const mail = compose({
    ticket,
    contact: ticket.contact,
    account: ticket.account,
    comments: await publicComments(strapi, ticket.id, comment.id),
    template,
    sender: await senderOf(strapi, ticket.scanner),
    thread: await threadOf(strapi, ticket.id),
    ownAddresses: [...(await ownAddresses(strapi))],
  });
  if (mail.to.length === 0) throw new NotDeliverable('The ticket has no contact with an email address to send to.');
  return { ...mail, messageId: delivery.messageId };
}

/** A ticket with what a template may name. Never more of an admin user than name and address. */
export async function readTicket(strapi: Core.Strapi, id: number): Promise<any> {
  return strapi.db.query(UID.ticket).findOne({
    where: { id },
    populate: {
      contact: true,
      account: true,
      assignee: { select: ['id', 'firstname', 'lastname', 'email'] },
      scanner: { select: ['id', 'name', 'fromAddress', 'fromName'] },
    },
  });
}

/** The scanner's own sender where it has one, else the one for all outgoing mail. */
export async function senderOf(strapi: Core.Strapi, scanner: { fromAddress: string | null; fromName: string | null } | null) {
  const outgoing = await getOutgoingMail(strapi);
  return { address: scanner?.fromAddress || outgoing.fromAddress, name: scanner?.fromName || outgoing.fromName };
}

/** The newest public comments up to the one that the email is about; internal ones are not even read. */
export async function publicComments(strapi: Core.Strapi, ticket: number, upTo: number) {
  return strapi.db.query(UID.comment).findMany({
    select: ['id', 'isPublic', 'authorName', 'createdAt', 'text', 'html', 'visibleText'],
    where: { ticket: { id: ticket }, isPublic: true, id: { $lte: upTo } },
    orderBy: { id: 'desc' },
    limit: MAX_COMMENTS,
  });
}

/** The Message-IDs of a ticket in both directions, oldest first, and the customer's newest one. */
export async function threadOf(strapi: Core.Strapi, ticket: number): Promise<{ messageIds: string[]; inReplyTo: string | null }> {
  const received = await strapi.db.query(UID.comment).findMany({
    select: ['messageId', 'createdAt', 'isAutomatic'],
    where: { ticket: { id: ticket }, messageId: { $notNull: true } },
  });
  const sent = await strapi.db.query(UID.delivery).findMany({ select: ['messageId', 'createdAt'], where: { ticket: { id: ticket }, state: 'sent' } });
  const time = ({ createdAt }: { createdAt: string }) => new Date(createdAt).getTime();
  const all = [...received, ...sent].sort((one, other) => time(one) - time(other));
  const newest = received.filter(({ isAutomatic }) => !isAutomatic).sort((one, other) => time(one) - time(other)).at(-1);
  return { messageIds: all.map(({ messageId }) => messageId), inReplyTo: newest?.messageId ?? null };
}

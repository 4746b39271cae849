import type { Core } from '@strapi/strapi';
import { composeWaiting } from '../outgoing/compose-waiting';
import { ownAddresses } from '../settings/own-addresses';
import { withoutConflicts } from '../storage/conflicts';
import { inTransaction } from '../storage/tables';
import { UID } from '../uids';
import { noteActivities } from '../helpdesk/activity';
import { findOrCreateContact } from '../helpdesk/contacts';
import { holdTickets } from '../helpdesk/merged';
import { moveComments } from './move-comments';

/** A message that cannot become a ticket of its own, with the reason as a sentence. */
export class NotSplittable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NotSplittable';
  }
}

/**
 * Makes a ticket of its own out of one message, in one transaction: its author is the contact, its recipients take part, answers to it
 * follow it (by its Message-ID). Returns the id of the new ticket. Throws NotSplittable; nothing is changed then.
 */
export function splitComment(
  strapi: Core.Strapi,
  user: number,
  ticketId: number,
  comment: { documentId: string; title?: string },
): Promise<number> {
  return withoutConflicts(() =>
    inTransaction(strapi, async (trx) => {
      await holdTickets(strapi, [ticketId]);
      const source = await strapi.db.query(UID.ticket).findOne({
        where: { id: ticketId },
        populate: { contact: true, account: true, assignee: { select: ['id'] }, scanner: { select: ['id'] } },
      });
      const moved = await strapi.db.query(UID.comment).findOne({
        where: { documentId: comment.documentId, ticket: { id: ticketId } },
        populate: { contact: { populate: { account: true } } },
      });
      if (!source || !moved) throw new NotSplittable('This message is not in this ticket any more.');
      if ((await strapi.db.query(UID.comment).count({ where: { ticket: { id: ticketId } } })) === 1)
        throw new NotSplittable('It is the only message of this ticket.');

      const own = await ownAddresses(strapi);
      const contact = (await authorOf(strapi, moved, own)) ?? source.contact;
      const data = {
        title: (comment.title?.trim() || source.title).slice(0, 255),
        // A template may tell customers the description: nothing internal may stand there.
        description: moved.isPublic ? (moved.visibleText ?? moved.text) : null,
        priority: source.priority,
        contact: contact?.id ?? null,
        account: contact?.account?.id ?? source.account?.id ?? null,
        // Who takes care of the one sees the other.
        assignee: source.assignee?.id ?? null,
        scanner: source.scanner?.id ?? null,
        participants: recipientsOf(moved).filter((address) => address !== contact?.email && !own.has(address)),
        splitFrom: source.id,
        createdBy: user,
        updatedBy: user,
      };
      const created = (await strapi.documents(UID.ticket).create({ data: data as never })) as unknown as {
        id: number;
        documentId: string;
        ticketNumber: string;
      };
      await composeWaiting(strapi, trx, { comment: moved.id });
      await moveComments(strapi, trx, { from: source.id, to: created.id, comment: moved.id });
      await noteActivities(strapi, [
        { ticket: source.id, kind: 'splitInto', detail: { ticketNumber: created.ticketNumber, documentId: created.documentId } },
        { ticket: created.id, kind: 'splitFrom', detail: { ticketNumber: source.ticketNumber, documentId: source.documentId } },
      ]);
      return created.id;
    }),
  );
}

/** The customer who wrote it; somebody who was in copy may have no contact yet. Null for what our own people wrote. */
async function authorOf(strapi: Core.Strapi, { contact, source, authorAddress, authorName }: any, own: ReadonlySet<string>): Promise<any> {
  if (contact) return contact;
  if (source !== 'email' || !authorAddress || own.has(authorAddress)) return null;
  return findOrCreateContact(strapi, { address: authorAddress, name: authorName ?? '' });
}

const recipientsOf = ({ recipients }: any): string[] => [
  ...new Set<string>(
    [...(recipients?.to ?? []), ...(recipients?.cc ?? [])].map(({ address }: { address: string }) => address).filter(Boolean),
  ),
];

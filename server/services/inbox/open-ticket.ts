import type { Core } from '@strapi/strapi';
import type { Address } from '../message/types';
import { withoutConflicts } from '../storage/conflicts';
import { inTransaction } from '../storage/tables';
import { UID } from '../uids';
import { participantsOf } from '../helpdesk/participants';
import { holdTickets } from '../helpdesk/merged';
import { contactFor } from './people-views';
import type { Viewer } from './viewer';

/** Tickets that an administrator opens by hand, and what changes of a ticket that is more than a value. */

export interface NewTicket {
  attributes: Record<string, unknown>;
  /** Whose request it is; a contact is made when nobody has that address. Null: whoever the attributes name, or nobody. */
  contact: Address | null;
  /** The first message. A public one goes to the contact by email. */
  comment: { text?: string; html?: string; isPublic: boolean } | null;
}

/** Opens a ticket with its contact and its first message, in one transaction. Returns its id. Throws a ForbiddenError as `contactFor` does. */
export function openTicket(strapi: Core.Strapi, viewer: Viewer, { attributes, contact, comment }: NewTicket): Promise<number> {
  const user = viewer.id;
  const by = { createdBy: user, updatedBy: user };
  return withoutConflicts(() =>
    inTransaction(strapi, async () => {
      const whose = contact ? tiesTo(await contactFor(strapi, viewer, contact)) : {};
      const ticket = await strapi.documents(UID.ticket).create({ data: { ...whose, ...attributes, ...by } as never });
      if (comment)
        await strapi.documents(UID.comment).create({ data: { ...comment, ticket: ticket.id, user, source: 'admin', ...by } as never });
      return ticket.id as number;
    }),
  );
}

export interface TicketChange {
  attributes: Record<string, unknown>;
  /** The new contact by its address, made when nobody has it; its account becomes the ticket's. */
  contact: Address | null;
  /** Addresses that join or leave; who came in by email meanwhile stays. */
  participants: { add: string[]; remove: string[] };
}

/** Changes a ticket, in one transaction. Throws a ForbiddenError as `contactFor` does. */
export function changeTicket(
  strapi: Core.Strapi,
  viewer: Viewer,
  { id, documentId }: { id: number; documentId: string },
  change: TicketChange,
): Promise<void> {
  return withoutConflicts(() =>
    inTransaction(strapi, async () => {
      await holdTickets(strapi, [id]);
      const whose = change.contact ? tiesTo(await contactFor(strapi, viewer, change.contact)) : {};
      const data = { ...whose, ...(await joined(strapi, id, change.participants)), ...change.attributes, updatedBy: viewer.id };
      await strapi.documents(UID.ticket).update({ documentId, data: data as never });
    }),
  );
}

const tiesTo = ({ id, account }: { id: number; account: number | null }) => ({ contact: id, account });

async function joined(strapi: Core.Strapi, id: number, { add, remove }: TicketChange['participants']): Promise<object> {
  if (add.length + remove.length === 0) return {};
  const before = participantsOf(await strapi.db.query(UID.ticket).findOne({ select: ['participants'], where: { id } }));
  return { participants: [...new Set([...before, ...add])].filter((address) => !remove.includes(address)) };
}

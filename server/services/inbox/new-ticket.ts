import type { Core } from '@strapi/strapi';
import type { NewTicketOffers } from '../../../shared/api/ticket-actions';
import { STATUS } from '../../../shared/vocabulary';
import { findContactAt } from '../helpdesk/contacts';
import { splitName } from '../helpdesk/person-name';
import { senderOf } from '../outgoing/compose-delivery';
import { tagAttributes } from '../outgoing/email-templates';
import { empty } from '../outgoing/made-up-ticket';
import type { Agent, TagSource } from '../outgoing/tags';
import { rowsOf, type Row } from '../storage/rows';
import { UID } from '../uids';
import { repliesFilledWith } from './canned-replies';
import { visibleContacts, withVisibleAccounts } from './people-views';
import { UPLOAD_LIMITS } from './uploads';
import type { Viewer } from './viewer';

/** What is typed so far; '' for what is not. */
interface BegunTicket {
  contactEmail: string;
  contactName: string;
  title: string;
}

/** What can be chosen for a ticket that an administrator is about to open. */
export async function newTicketOffers(
  strapi: Core.Strapi,
  viewer: Viewer,
  agent: Agent & { id: number },
  begun: BegunTicket,
): Promise<NewTicketOffers> {
  return {
    senders: await sendersOf(strapi),
    replies: await repliesFilledWith(strapi, await sourceOf(strapi, viewer, begun), agent),
    uploadLimits: UPLOAD_LIMITS,
  };
}

/** The address for all outgoing mail, and those that scanners have of their own, each once. */
async function sendersOf(strapi: Core.Strapi): Promise<NewTicketOffers['senders']> {
  const scanners = await rowsOf(strapi, UID.scanner).findMany({
    select: ['documentId', 'fromAddress', 'fromName'],
    where: { fromAddress: { $notNull: true } },
    orderBy: { id: 'asc' },
  });
  const senders = new Map<string, NewTicketOffers['senders'][number]>();
  for (const scanner of [null, ...scanners]) {
    const { address, name } = await senderOf(strapi, scanner);
    const key = address.toLowerCase();
    if (address && !senders.has(key)) senders.set(key, { scanner: scanner?.documentId ?? null, name: name ?? '', address });
  }
  return [...senders.values()];
}

/** What tags tell of it. The number is not known before it is there, so its tag is left unknown. */
async function sourceOf(
  strapi: Core.Strapi,
  viewer: Viewer,
  { contactEmail, contactName, title }: BegunTicket,
): Promise<Omit<TagSource, 'comments'>> {
  const attributes = tagAttributes(strapi);
  const { ticketNumber: _, ...untold } = empty(attributes.helpdesk);
  const ticket = { ...untold, title, ticketStatus: STATUS.open, priority: 'Normal' };
  const known = await knownContact(strapi, viewer, contactEmail);
  const typed = contactEmail || contactName ? { ...splitName({ address: contactEmail, name: contactName }), email: contactEmail } : {};
  return {
    ticket,
    contact: known ? { ...known, email: contactEmail } : { ...empty(attributes.contacts), ...typed },
    account: known?.account ?? empty(attributes.accounts),
  };
}

/** Whoever has that address, with the account, as far as this viewer may see them. */
async function knownContact(strapi: Core.Strapi, viewer: Viewer, email: string): Promise<Row<'contact', ['account']> | null> {
  if (!email || !viewer.reads) return null;
  const contact = await findContactAt(strapi, email);
  if (!contact || !(await visibleContacts(strapi, viewer, [contact.id])).has(contact.id)) return null;
  return (await withVisibleAccounts(strapi, viewer, [contact]))[0];
}

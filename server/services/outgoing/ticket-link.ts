import type { Core } from '@strapi/strapi';
import { furtherAddresses } from '../helpdesk/contact-addresses';
import { customerUrl, linkToken, readLink } from '../settings/customer-links';
import { getSettings, type Settings } from '../settings/settings';
import { UID } from '../uids';
import type { Addressees } from './recipients';

/**
 * The link in an email by which the customer reads and answers their ticket without an account. Whoever has it is taken for the customer, so
 * it stands in emails to the customer alone, and behind a `#`: what comes after that is sent to no server, and so stands in no log.
 */

const DAY_MS = 24 * 3_600_000;

/** Where customers find the page of the plugin. */
const CUSTOMER_PAGE = 'customer';

interface Holder {
  id: number;
  messageId: string;
}

/** The address for the link of that email; null where there is none: links are off, or somebody else than the customer gets the email. */
export function ticketUrl(
  strapi: Core.Strapi,
  { publicUrl, ticketLinkUrl, ticketLinkDays }: Pick<Settings, 'publicUrl' | 'ticketLinkUrl' | 'ticketLinkDays'>,
  { id, messageId }: Holder,
  { recipients, contact }: { recipients: Addressees; contact: { email: string } | null },
): string | null {
  const page = ticketLinkUrl || (publicUrl && customerUrl(strapi, publicUrl, CUSTOMER_PAGE));
  const people = [...recipients.to, ...recipients.cc, ...recipients.bcc];
  const isForCustomer = contact !== null && people.length === 1 && people[0].address.toLowerCase() === contact.email.toLowerCase();
  if (!page || ticketLinkDays === 0 || !isForCustomer) return null;
  const expiresAt = new Date(Date.now() + ticketLinkDays * DAY_MS);
  const token = linkToken(strapi, 'ticket', { delivery: id, messageId: heldBy(messageId, contact.email), expiresAt });
  return token && `${page}#${token}`;
}

/** The address is signed with it: when the contact gets another one, or the ticket another contact, the link is of no use any more. */
const heldBy = (messageId: string, email: string): string => `${messageId} ${email.toLowerCase()}`;

export interface LinkedTicket {
  id: number;
  documentId: string;
  ticketNumber: string;
  title: string;
  ticketStatus: string;
  /** With the address that had the email; `furtherAddresses` are their others. */
  contact: {
    id: number;
    email: string;
    furtherAddresses?: string[];
    firstName: string | null;
    lastName: string | null;
    language: string | null;
  };
}

/** The ticket that a link opens at this moment, with the email that held the link; null for a link that opens none. */
export async function openTicketLink(strapi: Core.Strapi, token: string): Promise<{ delivery: number; ticket: LinkedTicket } | null> {
  const link = readLink(strapi, 'ticket', token);
  if (!link || (await getSettings(strapi)).ticketLinkDays === 0) return null;
  const contact = { select: ['id', 'email', 'firstName', 'lastName', 'language'] };
  const row = await strapi.db.query(UID.delivery).findOne({
    select: ['id', 'messageId'],
    where: { id: link.delivery },
    populate: { ticket: { select: ['id', 'documentId', 'ticketNumber', 'title', 'ticketStatus'], populate: { contact } } },
  });
  const { contact: whose } = row?.ticket ?? {};
  if (!whose) return null;
  const further = (await furtherAddresses(strapi, [whose.id])).get(whose.id) ?? [];
  const addresses = [whose.email as string, ...further.map((address) => address.email)];
  // Of somebody with several addresses, the one that had the email.
  const email = addresses.find((address) => link.isOf(heldBy(row.messageId, address)));
  if (email === undefined) return null;
  const rest = addresses.filter((address) => address !== email);
  return { delivery: row.id, ticket: { ...row.ticket, contact: { ...whose, email, furtherAddresses: rest } } };
}

import { isAddress } from '../../../shared/address';
import type { Address } from '../message/types';
import { toOneLine } from './template';

/** Who gets an email about a ticket. */

/** A record with whatever attributes its content type has, a site's own included. */
export type TicketAttributes = Record<string, unknown>;

/** What an email's recipients are worked out from. */
export interface Addressed {
  ticket: TicketAttributes;
  /** With the address in use; `furtherAddresses` are their others. */
  contact: (TicketAttributes & { email: string; furtherAddresses?: string[] }) | null;
  account: TicketAttributes | null;
  template: { sendTo?: readonly string[] | null };
  sender: Address;
  /** Addresses that our own scanners read: a mail to one of them would come back as news. */
  ownAddresses?: readonly string[];
  /** The recipients that the author chose in place of those that the template names. */
  recipients?: Addressees | null;
}

export interface Recipients {
  to: Address[];
  cc: Address[];
}

/** With those who get it unseen: no header names them, and nobody else is told of them. */
export interface Addressees extends Recipients {
  bcc: Address[];
}

/** Where a template may be sent to. */
const RECIPIENTS: Record<string, (input: Addressed) => Address> = {
  contactEmail: ({ contact }) => addressOf(contact, fullName(contact)),
  accountEmail: ({ account }) => addressOf(account, stringOf(account?.name)),
  assignee: ({ ticket }) => {
    const assignee = recordOf(ticket.assignee);
    return addressOf(assignee, fullName(assignee));
  },
};

/**
 * Everybody once: first in To, then in Cc, then in Bcc. Never the sender, nor another address of ours. Who once was in copy is written to
 * only when the template says so: an answer to somebody that nobody thought of is worse than none.
 */
export function recipientsOf(input: Addressed): Addressees {
  const taken = new Set([input.sender.address, ...(input.ownAddresses ?? [])].map((address) => address.toLowerCase()));
  const fresh = ({ address }: Address) => {
    if (!isAddress(address) || taken.has(address.toLowerCase())) return false;
    taken.add(address.toLowerCase());
    return true;
  };
  const chosen = (people: Address[]) => people.map(({ name, address }) => ({ name: toOneLine(name), address })).filter(fresh);
  if (input.recipients) {
    const { to, cc, bcc } = input.recipients;
    return { to: chosen(to), cc: chosen(cc), bcc: chosen(bcc) };
  }
  const sendTo = input.template.sendTo?.length ? input.template.sendTo : ['contactEmail'];
  const to = sendTo.flatMap((key) => (Object.hasOwn(RECIPIENTS, key) ? [RECIPIENTS[key](input)] : [])).filter(fresh);
  const inCopy = sendTo.includes('participants') && Array.isArray(input.ticket.participants);
  const participants = inCopy ? (input.ticket.participants as unknown[]) : [];
  // Of a contact's addresses the one in use is written to, and no other.
  if (to.some(({ address }) => address === input.contact?.email)) for (const address of furtherOf(input.contact)) taken.add(address);
  const cc = participants.map((participant: unknown) => participantAddress(participant)).filter(fresh);
  return { to, cc, bcc: [] };
}

const furtherOf = (contact: Addressed['contact']): string[] => contact?.furtherAddresses ?? [];

function participantAddress(participant: unknown): Address {
  if (typeof participant === 'string') return { name: '', address: participant.trim() };
  const { name, address } = recordOf(participant);
  return { name: toOneLine(stringOf(name)), address: stringOf(address).trim() };
}

function addressOf(record: TicketAttributes | null, name: string): Address {
  return { name: toOneLine(name), address: stringOf(record?.email).trim() };
}

/** A contact's or an admin user's name; Strapi spells the two differently. */
function fullName(person: TicketAttributes | null): string {
  return [person?.firstName ?? person?.firstname, person?.lastName ?? person?.lastname].map(stringOf).filter(Boolean).join(' ');
}

function recordOf(value: unknown): TicketAttributes {
  return typeof value === 'object' && value !== null ? (value as TicketAttributes) : {};
}

function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

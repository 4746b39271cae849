import type { Contact, Ticket } from '../helpdesk/desk-records';
import type { ActionContext } from './types';

/** A contact may write from several addresses. */

/** Whether that is one of this contact's addresses: of those that the batch asks for, the desk knows whose they are. */
export const isAddressOf = ({ desk }: Pick<ActionContext, 'desk'>, contact: Contact | null, address: string): boolean =>
  contact !== null && (address === contact.email || desk.contact(address)?.record.documentId === contact.record.documentId);

/**
 * What a ticket gets where its contact wrote from another address than before: answers go there. Nothing where somebody else wrote, or who
 * wrote is in doubt.
 */
export function addressUsed(
  context: ActionContext,
  { contact, contactAddress }: Pick<Ticket, 'contact' | 'contactAddress'>,
): { contactAddress?: string | null } {
  const { customer, message } = context;
  if (!contact || !customer?.address || message.identity === 'doubtful' || !isAddressOf(context, contact, customer.address)) return {};
  const used = customer.address === contact.email ? null : customer.address;
  return used === contactAddress ? {} : { contactAddress: used };
}

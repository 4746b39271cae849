import type { Core } from '@strapi/strapi';
import { ownAddresses } from '../settings/own-addresses';
import type { FieldError } from '../platform/refusal';
import { refuse } from '../platform/refusal';
import { rowsOf } from '../storage/rows';
import { UID } from '../uids';
import { say } from '../../../shared/sentences/words';

/** The further addresses of a contact as people keep them: see helpdesk/contact-addresses.ts. */

export interface AddressChange {
  /** In lower case. */
  addAddresses?: string[];
  removeAddresses?: string[];
}

/**
 * Adds and removes further addresses of a contact, in the calling code's transaction. What is theirs already is left as it is. Throws a 400 for
 * an address of another contact, or one that this helpdesk reads or sends from: mail from there is never a customer's.
 */
export async function changeAddresses(
  strapi: Core.Strapi,
  contact: { id: number; email: string },
  { addAddresses = [], removeAddresses = [] }: AddressChange,
): Promise<void> {
  for (const email of removeAddresses) {
    const row = await furtherAddress(strapi, contact.id, email);
    if (row) await strapi.documents(UID.contact).delete({ documentId: row.documentId });
  }
  const own = await ownAddresses(strapi);
  const problems: FieldError[] = [];
  for (const [index, email] of addAddresses.entries()) {
    const holder = await rowsOf(strapi, UID.contact).findOne({
      select: ['id'],
      where: { email },
      populate: { mergedInto: { select: ['id'] } },
    });
    const path = ['addAddresses', index];
    if (own.has(email)) problems.push({ path, said: say('desk.ownAddress') });
    else if (!holder) await addAddress(strapi, contact.id, { email });
    else if ((holder.mergedInto ?? holder).id !== contact.id) problems.push({ path, said: say('desk.addressTaken') });
  }
  if (problems.length > 0) refuse(problems);
}

/**
 * Makes way for a contact whose first address becomes one of their further ones: that is taken away, to be followed by `addAddress` for the one
 * that was first. Null where it is none of theirs; else what is known of it.
 */
export async function takeAddress(strapi: Core.Strapi, contact: number, email: string): Promise<{ undeliverable: boolean } | null> {
  const row = await furtherAddress(strapi, contact, email);
  if (!row) return null;
  await strapi.documents(UID.contact).delete({ documentId: row.documentId });
  return { undeliverable: row.undeliverable };
}

export async function addAddress(
  strapi: Core.Strapi,
  contact: number,
  { email, undeliverable = false }: { email: string; undeliverable?: boolean },
): Promise<void> {
  const data: object = { email, undeliverable, mergedInto: contact };
  await strapi.documents(UID.contact).create({ data: data as Record<never, unknown> });
}

const furtherAddress = (strapi: Core.Strapi, contact: number, email: string) =>
  rowsOf(strapi, UID.contact).findOne({ select: ['documentId', 'undeliverable'], where: { email, mergedInto: { id: contact } } });

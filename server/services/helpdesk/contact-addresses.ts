import type { Core } from '@strapi/strapi';
import { inPieces } from '../lib/pieces';
import { inTransaction, readTable, tableIn } from '../storage/tables';
import { rowsOf } from '../storage/rows';
import { UID } from '../uids';
import { ChangedMeanwhile } from './merged';

/**
 * A contact may have further addresses. Each is a row of its own in the contacts' table that leads to the contact: so an address is one
 * contact's at most, by the same unique index, and an email from it finds them with the query that looks for its sender anyway.
 */

export interface FurtherAddress {
  email: string;
  /** Mail to it bounced for good. */
  undeliverable: boolean;
}

/** The further addresses of these contacts, by their ids, the oldest first. */
export async function furtherAddresses(strapi: Core.Strapi, contacts: readonly number[]): Promise<Map<number, FurtherAddress[]>> {
  const found = new Map<number, FurtherAddress[]>();
  for (const some of inPieces([...new Set(contacts)])) {
    // As a condition of Strapi's, it would come with a join that reads all contacts, and so would "in" a list of one, on SQLite.
    const rows: { id: number; email: string; undeliverable: boolean | number; merged_into_id: number }[] = await readTable(
      strapi,
      strapi.db.metadata.get(UID.contact).tableName,
      (table) =>
        (some.length === 1 ? table.where('merged_into_id', some[0]) : table.whereIn('merged_into_id', some)).select(
          'id',
          'email',
          'undeliverable',
          'merged_into_id',
        ),
    );
    // Sorted here: for the order, MariaDB without statistics reads all contacts.
    for (const { email, undeliverable, merged_into_id: contact } of rows.sort((one, other) => one.id - other.id))
      found.set(Number(contact), [...(found.get(Number(contact)) ?? []), { email, undeliverable: Boolean(undeliverable) }]);
  }
  return found;
}

interface WithAddress {
  id: number;
  email: string;
  undeliverable?: boolean;
  furtherAddresses?: string[];
}

/**
 * The tickets, each with its contact at the address that an answer goes to: the further one from which they wrote last, as long as it is
 * theirs. Their others are beside it, so that nobody takes them for somebody else's.
 */
export async function atAddressInUse<T extends { contact: WithAddress | null; contactAddress: string | null }>(
  strapi: Core.Strapi,
  tickets: T[],
): Promise<T[]> {
  const further = await furtherAddresses(
    strapi,
    tickets.flatMap(({ contact }) => (contact ? [contact.id] : [])),
  );
  return tickets.map((ticket) => {
    const { contact, contactAddress } = ticket;
    const others = contact && further.get(contact.id);
    if (!others) return ticket;
    const { email, undeliverable } = others.find(({ email: address }: FurtherAddress) => address === contactAddress) ?? contact;
    const rest = [contact.email, ...others.map(({ email: address }: FurtherAddress) => address)].filter((address) => address !== email);
    return { ...ticket, contact: { ...contact, email, undeliverable, furtherAddresses: rest } };
  });
}

/** The documentId of the contact that got this one's belongings: its own, unless it was merged. */
export async function afterContactMerges(strapi: Core.Strapi, documentId: string): Promise<string> {
  const row = await rowsOf(strapi, UID.contact).findOne({
    select: ['id'],
    where: { documentId },
    populate: { mergedInto: { select: ['documentId'] } },
  });
  return row?.mergedInto?.documentId ?? documentId;
}

/**
 * Throws ChangedMeanwhile when one of these contacts was merged since the transaction has read it. To be called once it has written what is
 * theirs: by the foreign key, that waits for a merge that holds the contact, and a merge that comes later finds it. SQLite has one connection:
 * whoever is in a transaction is alone.
 */
export async function refuseMergedContacts(strapi: Core.Strapi, ids: readonly number[]): Promise<void> {
  const { client } = strapi.db.dialect;
  if (client === 'sqlite' || ids.length === 0) return;
  await inTransaction(strapi, async (trx) => {
    for (const some of inPieces([...new Set(ids)])) {
      const merged = tableIn(strapi, trx, strapi.db.metadata.get(UID.contact).tableName)
        .whereIn('id', some)
        .whereNotNull('merged_into_id')
        .first('id');
      // MySQL would show them as an earlier query of the transaction saw them; they are held by the foreign key anyway.
      if (await (client === 'mysql' ? merged.forShare() : merged)) throw new ChangedMeanwhile();
    }
  });
}

import type { Core } from '@strapi/strapi';
import { domainOf, otherSpelling } from '../lib/address';
import { letOthersRun } from '../lib/let-others-run';
import { inPieces } from '../lib/pieces';
import { columnsBut } from '../storage/long-columns';
import { UID } from '../uids';
import { contactFrom, newRecord, type Contact } from './desk-records';

/** The contacts that a batch of emails may need, and those that it makes. */
interface DeskContacts {
  byId: ReadonlyMap<number, Contact>;
  find(email: string): Contact | null;
  /** A contact of the account that has the domain of its address, if there is one; from now on it is found. */
  create(data: { email: string } & Record<string, unknown>): Contact;
}

/** Looks up the contacts with these addresses, and the accounts with their domains, by a query each. */
export async function openContacts(strapi: Core.Strapi, emails: Iterable<string>): Promise<DeskContacts> {
  const written = [...emails].map((email) => email.toLowerCase());
  const addresses = [...new Set(written.flatMap((email) => [email, otherSpelling(email) ?? email]))];
  const contacts = await findContacts(strapi, addresses);
  await letOthersRun();
  const accounts = await findAccounts(strapi, addresses.map(domainOf));
  return {
    byId: new Map([...contacts.values()].map((contact) => [contact.record.id!, contact])),
    find: (email) => eitherOf(contacts, email.toLowerCase()) ?? null,
    create(data) {
      const email = data.email.toLowerCase();
      const account = eitherOf(accounts, domainOf(email)) ?? null;
      const contact: Contact = { record: newRecord({ ...data, email, account }), email, further: new Map(), account };
      contacts.set(email, contact);
      return contact;
    },
  };
}

const eitherOf = <T>(known: ReadonlyMap<string, T>, address: string): T | undefined =>
  known.get(address) ?? known.get(otherSpelling(address) ?? address);

/** By their addresses; by a further address, the contact whose it is. */
async function findContacts(strapi: Core.Strapi, emails: string[]): Promise<Map<string, Contact>> {
  const contacts = new Map<string, Contact>();
  const byId = new Map<number, Contact>();
  const select = columnsBut(strapi, UID.contact, ['notes']);
  const account = { select: ['id'] };
  // A contact whose address it is costs no query more for that.
  const populate = { account, mergedInto: { select, populate: { account } } };
  for (const some of inPieces(emails))
    for (const row of await strapi.db.query(UID.contact).findMany({ select, where: { email: { $in: some } }, populate })) {
      const whose = row.mergedInto ?? row;
      const contact = byId.get(whose.id) ?? contactFrom(whose);
      byId.set(whose.id, contact);
      if (row !== whose) contact.further.set(row.email, contactFrom(row).record);
      contacts.set(row.email, contact);
    }
  return contacts;
}

/** The ids of accounts by domain, also of those that were merged into them; of several with one domain, the oldest. */
async function findAccounts(strapi: Core.Strapi, domains: string[]): Promise<Map<string, number>> {
  const named = [...new Set(domains)].filter(Boolean);
  const accounts = new Map<string, number>();
  for (const some of inPieces(named)) {
    const rows = await strapi.db.query(UID.account).findMany({
      select: ['id', 'domain'],
      where: { domain: { $in: some } },
      orderBy: { id: 'desc' },
      populate: { mergedInto: { select: ['id'] } },
    });
    for (const { id, domain, mergedInto } of rows) accounts.set(domain, mergedInto?.id ?? id);
  }
  return accounts;
}

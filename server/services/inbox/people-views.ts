import { errors } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import { findOrCreateContact } from '../helpdesk/contacts';
import type { Address } from '../message/types';
import { inPieces } from '../lib/pieces';
import { linkTable, pointsAt } from '../platform/links';
import { idQuery } from '../platform/queries';
import { idsCounted } from '../storage/pages';
import { idsHolding } from '../storage/text-index';
import { TEXT_INDEXES } from '../storage/text-index/types';
import { rowsOf } from '../storage/rows';
import { UID } from '../uids';
import { ticketsInSight, type Viewer } from './viewer';
import { refusal } from '../platform/refusal';
import { say } from '../../../shared/sentences/words';

/** Which contacts and accounts a viewer sees, and what a search asks of them. */

/** Those of the tickets that the viewer sees. */
export const whereContactVisible = (strapi: Core.Strapi, viewer: Viewer): object => whereOnOwnTickets(strapi, viewer, 'contact');
export const whereAccountVisible = (strapi: Core.Strapi, viewer: Viewer): object => whereOnOwnTickets(strapi, viewer, 'account');

/**
 * The contact with that address, for a record that this viewer writes: made when there is none. `contactAddress` is that address where it is a
 * further one of theirs. Of its account (an id) only one that the viewer sees:
 * whoever ties somebody to a ticket of theirs reads them there. Throws a ForbiddenError for a contact that they do not see. Part of the
 * calling code's transaction.
 */
export async function contactFor(
  strapi: Core.Strapi,
  viewer: Viewer,
  address: Address,
): Promise<{ id: number; email: string; contactAddress: string | null; account: number | null }> {
  const email = address.address.trim().toLowerCase();
  const populate = { mergedInto: { select: ['id'] } };
  const known = await rowsOf(strapi, UID.contact).findOne({ select: ['id'], where: { email }, populate });
  if (known) await mustSee(strapi, viewer, known.mergedInto?.id ?? known.id);
  const { id, email: first, account } = await findOrCreateContact(strapi, address);
  const contactAddress = first === email ? null : email;
  return {
    id,
    email,
    contactAddress,
    account: account && (await visibleAccounts(strapi, viewer, [account.id])).has(account.id) ? account.id : null,
  };
}

/** Throws a ForbiddenError for a contact that the viewer does not see. */
async function mustSee(strapi: Core.Strapi, viewer: Viewer, contact: number): Promise<void> {
  if (!(await visibleContacts(strapi, viewer, [contact])).has(contact)) throw refusal(errors.PolicyError, say('ticket.hiddenContact'));
}

/** Those of these contacts that the viewer sees, and those of these accounts. */
export const visibleContacts = (strapi: Core.Strapi, viewer: Viewer, ids: number[]): Promise<Set<number>> =>
  visibleAmong(strapi, viewer, UID.contact, ids, whereContactVisible(strapi, viewer));
const visibleAccounts = (strapi: Core.Strapi, viewer: Viewer, ids: number[]): Promise<Set<number>> =>
  visibleAmong(strapi, viewer, UID.account, ids, whereAccountVisible(strapi, viewer));

/** Contacts as this viewer may see them: without the account where they see none of its tickets. */
export async function withVisibleAccounts<R extends { account: { id: number } | null }>(
  strapi: Core.Strapi,
  viewer: Viewer,
  rows: R[],
): Promise<R[]> {
  const ids = rows.flatMap(({ account }) => (account ? [account.id] : []));
  const accounts = await visibleAccounts(strapi, viewer, ids);
  return rows.map((row) => (accounts.has(row.account?.id ?? 0) ? row : { ...row, account: null }));
}

async function visibleAmong(
  strapi: Core.Strapi,
  { seesAll }: Viewer,
  uid: (typeof UID)['contact' | 'account'],
  ids: number[],
  visible: object,
): Promise<Set<number>> {
  if (seesAll || ids.length === 0) return new Set(ids);
  const found = new Set<number>();
  for (const some of inPieces([...new Set(ids)])) {
    const rows = await strapi.db.query(uid).findMany({ select: ['id'], where: { $and: [{ id: { $in: some } }, visible] } });
    for (const { id } of rows) found.add(id as number);
  }
  return found;
}

/** A ticket knows its contact and its account, and they know no ticket: so the tickets' own link tables are asked. */
function whereOnOwnTickets(strapi: Core.Strapi, viewer: Viewer, relation: 'contact' | 'account'): object {
  if (viewer.seesAll) return {};
  const people = linkTable(strapi, UID.ticket, relation);
  const seen = strapi.db.getConnection(people.name).whereIn(people.owner, ticketsInSight(strapi, viewer));
  return { id: { $in: seen.select(people.target) } };
}

/** As many contacts as the index of names may bring into a search. */
const MOST_BY_NAME = 500;

/**
 * What a search asks of a contact: its words are in one of its attributes, or in its account's name, or their name has words that begin like
 * these, whatever the marks of their letters. No words ask for nothing. No index finds what stands anywhere in a text, so all contacts are looked
 * through, once: what is found is the beginning of the list. Only where that is very many, the list asks each contact in its own order.
 */
export async function contactsOfSearch(strapi: Core.Strapi, viewer: Viewer, search: string): Promise<{ where: object; among?: number[] }> {
  const words = search.trim();
  if (!words) return { where: {} };
  const holds = { $containsi: words };
  const account = { $and: [{ name: holds }, whereAccountVisible(strapi, viewer)] };
  const named = [...(await idsHolding(strapi, TEXT_INDEXES.contact, words, MOST_BY_NAME)), ...(await contactsWithAddress(strapi, words))];
  const own = [...namesHolding(words), { phone: holds }];
  const found = await idsCounted(idQuery(strapi, UID.contact, { where: { $or: own } }));
  const accounts = found && (await idsCounted(idQuery(strapi, UID.account, { where: account })));
  const theirs =
    accounts && (await idsCounted(idQuery(strapi, UID.contact, { where: pointsAt(strapi, UID.contact, 'account', accounts) })));
  if (!found || !theirs) return { where: { $or: [...own, { account }, { id: { $in: named } }] } };
  return { where: {}, among: [...new Set([...found, ...theirs, ...named])] };
}

/** The contacts one of whose further addresses holds the words. */
export async function contactsWithAddress(strapi: Core.Strapi, words: string): Promise<number[]> {
  const { tableName } = strapi.db.metadata.get(UID.contact);
  const rows = await rowsOf(strapi, UID.contact).findMany({
    select: ['id'],
    // By the column, which an index has: few are further addresses.
    where: { email: { $containsi: words }, id: { $in: strapi.db.getConnection(tableName).select('id').whereNotNull('merged_into_id') } },
    populate: { mergedInto: { select: ['id'] } },
    limit: MOST_BY_NAME,
  });
  return rows.flatMap(({ mergedInto }) => (mergedInto ? [mergedInto.id] : []));
}

/** Alternatives: the words are in a contact's address or name. "Jane Doe" is in no single attribute. */
export function namesHolding(words: string): object[] {
  const holds = { $containsi: words };
  const [first, ...others] = words.split(/\s+/);
  const wholeName = { $and: [{ firstName: { $containsi: first } }, { lastName: { $containsi: others.join(' ') } }] };
  return [{ email: holds }, { firstName: holds }, { lastName: holds }, ...(others.length > 0 ? [wholeName] : [])];
}

/** The same of an account. */
export async function whereOfAccountSearch(strapi: Core.Strapi, search: string): Promise<object> {
  const words = search.trim();
  if (!words) return {};
  const holds = { $containsi: words };
  const named = await idsHolding(strapi, TEXT_INDEXES.account, words, MOST_BY_NAME);
  return { $or: [{ name: holds }, { domain: holds }, { email: holds }, { id: { $in: named } }] };
}

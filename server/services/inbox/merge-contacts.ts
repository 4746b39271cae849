import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import type { ContactMergePlan } from '../../../shared/api/people';
import { say } from '../../../shared/sentences/words';
import { furtherAddresses } from '../helpdesk/contact-addresses';
import { moveRatingsBy } from '../helpdesk/ratings';
import { linkTable, pointsAt } from '../platform/links';
import { tableIn } from '../storage/tables';
import { rowsOf, type Row } from '../storage/rows';
import { UID } from '../uids';
import { countLinks, mergeInto, mustSeeAllToMerge, noteMerge } from './merging';
import type { Viewer } from './viewer';

/** Two contacts who are one person become one. */

const OWNED = [UID.ticket, UID.comment] as const;

/** What `mergeContacts` would move; null when there is no such contact. Throws a 403 as it does. */
export async function planContactMerge(strapi: Core.Strapi, viewer: Viewer, documentId: string): Promise<ContactMergePlan | null> {
  const contact = await rowsOf(strapi, UID.contact).findOne({ select: ['id', 'email'], where: { documentId } });
  if (!contact) return null;
  mustSeeAllToMerge(viewer);
  const further = (await furtherAddresses(strapi, [contact.id])).get(contact.id) ?? [];
  const [tickets, comments] = await Promise.all(OWNED.map((uid) => countLinks(strapi, uid, 'contact', contact.id)));
  return { tickets, comments, addresses: [contact.email, ...further.map(({ email }) => email)] };
}

/**
 * Puts a contact into another one: tickets, comments, ratings, notes and addresses go there, the log of each ticket tells it, what the
 * remaining one does not have is taken over, and the other leads to it from then on, as one of its addresses. Answers go to the people that
 * they would have gone to. Mail that is being written down meanwhile is decided about once more (helpdesk/contact-addresses.ts). Resolves and
 * throws as `mergeInto`.
 */
export const mergeContacts = (strapi: Core.Strapi, viewer: Viewer, from: string, into: string): Promise<string | null> =>
  mergeInto(strapi, viewer, [from, into], {
    uid: UID.contact,
    same: say('desk.sameContact'),
    readPair: (where) => rowsOf(strapi, UID.contact).findMany({ where, populate: HELD }),
    async move(trx, source, target) {
      await keepAddressInUse(strapi, trx, source);
      await noteMerge(strapi, trx, 'contact', { id: source.id, from: source.email, to: target.email });
      for (const uid of OWNED) {
        const { name, target: column } = linkTable(strapi, uid, 'contact');
        await tableIn(strapi, trx, name)
          .where({ [column]: source.id })
          .update({ [column]: target.id });
      }
      await moveRatingsBy(strapi, trx, source.id, target.id);
      return { gained: gained(source, target), left: EMPTY };
    },
  });

const MOST_ALIKE = 5;

const ALIKE = ['id', 'documentId', 'email', 'firstName', 'lastName'] as const;
type AlikeContact = Pick<Row<'contact'>, (typeof ALIKE)[number]>;

/**
 * Contacts who may be the same person: of the same name, or with the same part before the "@" in the same account. Each by an index; none for a
 * contact without either. Null when there is no such contact; nobody for somebody who does not see all tickets.
 */
export async function contactsAlike(strapi: Core.Strapi, viewer: Viewer, documentId: string): Promise<AlikeContact[] | null> {
  const contacts = rowsOf(strapi, UID.contact);
  const contact = await contacts.findOne({
    select: ['id', 'email', 'firstName', 'lastName'],
    where: { documentId },
    populate: { account: { select: ['id'] } },
  });
  if (!contact) return null;
  if (!(viewer.reads && viewer.seesAll)) return [];
  const { id, email, firstName, lastName, account } = contact;
  const localPart = email.slice(0, email.lastIndexOf('@') + 1);
  const find = (where: object): Promise<AlikeContact[]> =>
    contacts.findMany({
      select: ALIKE,
      where: { $and: [{ id: { $ne: id }, mergedInto: { id: { $null: true } } }, where] },
      orderBy: { id: 'asc' },
      limit: MOST_ALIKE,
    });
  const found = [
    ...(firstName && lastName ? await find({ lastName, firstName }) : []),
    ...(account ? await find({ ...pointsAt(strapi, UID.contact, 'account', account.id), email: { $startsWith: localPart } }) : []),
  ];
  return [...new Map(found.map((one) => [one.id, one])).values()].slice(0, MOST_ALIKE);
}

const HELD = { account: { select: ['id'] }, mergedInto: { select: ['id'] } } as const;
type HeldContact = Row<'contact', typeof HELD>;

/** Their tickets go on at the address that they were at: the first one of the contact that is merged becomes a further one. */
async function keepAddressInUse(strapi: Core.Strapi, trx: Knex.Transaction, { id, email }: { id: number; email: string }): Promise<void> {
  const { name, owner, target } = linkTable(strapi, UID.ticket, 'contact');
  const theirs = tableIn(strapi, trx, name)
    .where({ [target]: id })
    .select(owner);
  await tableIn(strapi, trx, strapi.db.metadata.get(UID.ticket).tableName)
    .whereNull('contact_address')
    .whereIn('id', theirs)
    .update({ contact_address: email });
}

/** An address that leads to the remaining contact says nothing of anybody. */
const EMPTY = { firstName: null, lastName: null, phone: null, language: null, account: null, notes: null, notesBy: null, notesAt: null };

function gained(source: HeldContact, target: HeldContact): object {
  const isNamed = Boolean(target.firstName || target.lastName);
  const names = isNamed ? {} : { firstName: source.firstName, lastName: source.lastName };
  const notes = [target.notes, source.notes].filter(Boolean);
  const later = !target.notesAt || (source.notesAt && source.notesAt > target.notesAt) ? source : target;
  return {
    ...names,
    phone: target.phone || source.phone,
    language: target.language ?? source.language,
    account: target.account?.id ?? source.account?.id ?? null,
    ...(source.notes ? { notes: notes.join('\n\n'), notesBy: later.notesBy, notesAt: later.notesAt } : {}),
  };
}

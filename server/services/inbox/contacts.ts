import { errors } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import { currentActor } from '../helpdesk/actor';
import { afterContactMerges, furtherAddresses, type FurtherAddress } from '../helpdesk/contact-addresses';
import { pointsAtDocument } from '../platform/links';
import { refusal, refuse } from '../platform/refusal';
import { holdDocument, updateDocument } from '../storage/documents';
import { findPage, type Page, type PageOfRecords } from '../storage/pages';
import { inTransaction } from '../storage/tables';
import { rowsOf, type Found } from '../storage/rows';
import { UID } from '../uids';
import { findAccount } from './accounts';
import { addAddress, changeAddresses, takeAddress, type AddressChange } from './further-addresses';
import { byLastMessage, withNumbers, type TicketNumbers } from './people-numbers';
import { contactsOfSearch, whereContactVisible, withVisibleAccounts } from './people-views';
import type { Viewer } from './viewer';
import type { ContactFilters } from '../../../shared/api/people';
import type { Language } from '../../../shared/vocabulary';
import { say } from '../../../shared/sentences/words';

/** Contacts as people keep them at the panel. */

interface ContactInput {
  email: string;
  firstName?: string | null;
  lastName?: string | null;
  phone?: string | null;
  language?: Language | null;
  /** The documentId of the account; null for none. */
  account?: string | null;
  undeliverable?: boolean;
  /** For the team alone. */
  notes?: string | null;
}

interface ContactFilter {
  search: string;
  /** A documentId. */
  account?: string;
  undeliverable?: boolean;
  /** Left out: by name. */
  sort?: ContactFilters['sort'];
}

const READING = {
  select: ['id', 'documentId', 'email', 'firstName', 'lastName', 'phone', 'language', 'undeliverable', 'createdAt'],
  populate: { account: { select: ['id', 'documentId', 'name'] } },
} as const;

/** Of one alone: notes may be long. */
const READING_ONE = { ...READING, select: [...READING.select, 'notes', 'notesBy', 'notesAt'] } as const;

type ListedRow = Found<typeof UID.contact, typeof READING>;
type ContactRow = Found<typeof UID.contact, typeof READING_ONE>;

interface Further {
  furtherAddresses: FurtherAddress[];
}

/** One in a list, and one by itself. */
type ListedContact = ListedRow & Further & TicketNumbers;
export type ShownContact = ContactRow & Further;

/** The contacts that the viewer sees, with the numbers of their tickets. */
export async function listContacts(
  strapi: Core.Strapi,
  viewer: Viewer,
  { search, account, undeliverable, sort = 'name' }: ContactFilter,
  page: Page,
): Promise<PageOfRecords<ListedContact>> {
  const found = await contactsOfSearch(strapi, viewer, search);
  const where = {
    $and: [
      whereContactVisible(strapi, viewer),
      found.where,
      account ? pointsAtDocument(strapi, UID.contact, 'account', account) : {},
      undeliverable ? { undeliverable: true } : {},
    ],
  };
  const order =
    sort === 'lastMessage'
      ? { latest: byLastMessage(strapi, viewer, 'contact') }
      : { orderBy: [{ lastName: 'asc' }, { firstName: 'asc' }, { id: 'asc' }] };
  const { data, meta } = await findPage(strapi, UID.contact, page, {
    ...READING,
    where,
    among: found.among,
    pointing: { mergedInto: null },
    ...order,
  });
  const rows = await withFurther(strapi, await withVisibleAccounts(strapi, viewer, data));
  return { data: await withNumbers(strapi, viewer, 'contact', rows), meta };
}

/** Null when there is none, or none that the viewer sees. By the documentId of one that was merged, the remaining one. */
export async function findContact(strapi: Core.Strapi, viewer: Viewer, documentId: string): Promise<ShownContact | null> {
  const row = await visibleContact(strapi, viewer, await afterContactMerges(strapi, documentId));
  return row && shownTo(strapi, viewer, row);
}

/**
 * Adds a contact and resolves with it. Whoever does not see all contacts gets null whether the address was known or not, so that no
 * address can be tried that way. Throws a 400 for an address that is taken or an account that is not there.
 */
export function addContact(strapi: Core.Strapi, viewer: Viewer, input: ContactInput): Promise<ShownContact | null> {
  return inTransaction(strapi, async () => {
    const isTold = viewer.reads && viewer.seesAll;
    if (!isTold && (await idOfAddress(strapi, input.email)) !== null) return null;
    const data = {
      ...(await columnsOf(strapi, viewer, input, null)),
      ...noted(strapi, {}, input),
      createdBy: viewer.id,
      updatedBy: viewer.id,
    };
    const { id } = await strapi.documents(UID.contact).create({ data });
    return isTold ? shownTo(strapi, viewer, await readContact(strapi, id as number)) : null;
  });
}

/**
 * Resolves with the contact as it is then; null as `findContact`. Throws a 403 where somebody who does not see all tickets changes the
 * address, and a 400 as `addContact` does.
 */
export function changeContact(
  strapi: Core.Strapi,
  viewer: Viewer,
  asked: string,
  { addAddresses, removeAddresses, ...input }: Partial<ContactInput> & AddressChange,
): Promise<ShownContact | null> {
  return inTransaction(strapi, async () => {
    const documentId = await afterContactMerges(strapi, asked);
    await holdDocument(strapi, UID.contact, documentId);
    const row = await visibleContact(strapi, viewer, documentId);
    if (!row) return null;
    const isMoved = input.email !== undefined && input.email !== row.email;
    // The address leads all tickets of the contact elsewhere, others' too; and whether it is free would tell who else is a customer.
    const isOfAddresses = isMoved || addAddresses !== undefined || removeAddresses !== undefined;
    if (isOfAddresses && !(viewer.reads && viewer.seesAll)) throw refusal(errors.PolicyError, say('desk.seesAllForAddress'));
    // One of their further addresses changes places with the first.
    const taken = isMoved ? await takeAddress(strapi, row.id, input.email!) : null;
    // What is known of the old address says nothing about the new one.
    const known = isMoved ? (taken ?? { undeliverable: false }) : {};
    const data = { ...known, ...(await columnsOf(strapi, viewer, input, row.id)), ...noted(strapi, row, input), updatedBy: viewer.id };
    await updateDocument(strapi, UID.contact, documentId, data);
    if (taken) await addAddress(strapi, row.id, row);
    await changeAddresses(strapi, row, { addAddresses, removeAddresses });
    return shownTo(strapi, viewer, await readContact(strapi, row.id));
  });
}

/** Who has written the notes, and when, where they change. */
function noted(strapi: Core.Strapi, before: { notes?: string | null }, { notes }: Partial<ContactInput>): object {
  if (notes === undefined || (notes || null) === (before.notes ?? null)) return {};
  return notes ? { notes, notesBy: currentActor(strapi).name, notesAt: new Date() } : { notes: null, notesBy: null, notesAt: null };
}

const readContact = async (strapi: Core.Strapi, id: number): Promise<ContactRow> =>
  (await rowsOf(strapi, UID.contact).findOne({ ...READING_ONE, where: { id } }))!;

function visibleContact(strapi: Core.Strapi, viewer: Viewer, documentId: string): Promise<ContactRow | null> {
  const where = { $and: [{ documentId }, whereContactVisible(strapi, viewer)] };
  return rowsOf(strapi, UID.contact).findOne({ ...READING_ONE, where });
}

const shownTo = async (strapi: Core.Strapi, viewer: Viewer, row: ContactRow): Promise<ShownContact> =>
  (await withFurther(strapi, await withVisibleAccounts(strapi, viewer, [row])))[0];

async function withFurther<R extends { id: number }>(strapi: Core.Strapi, rows: R[]): Promise<(R & Further)[]> {
  const further = await furtherAddresses(
    strapi,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({ ...row, furtherAddresses: further.get(row.id) ?? [] }));
}

async function idOfAddress(strapi: Core.Strapi, email: string): Promise<number | null> {
  return (await rowsOf(strapi, UID.contact).findOne({ select: ['id'], where: { email } }))?.id ?? null;
}

/** The attributes as they are saved: the account as an id. */
async function columnsOf(
  strapi: Core.Strapi,
  viewer: Viewer,
  { account, ...attributes }: Partial<ContactInput>,
  id: number | null,
): Promise<object> {
  const taken = attributes.email ? await idOfAddress(strapi, attributes.email) : null;
  if (taken !== null && taken !== id) return refuse([{ path: ['email'], said: say('desk.addressTaken') }]);
  if (account === undefined) return attributes;
  if (account === null) return { ...attributes, account: null };
  const found = await findAccount(strapi, viewer, account);
  return found ? { ...attributes, account: found.id } : refuse([{ path: ['account'], said: say('desk.noAccount') }]);
}

import type { Core } from '@strapi/strapi';
import { getSettings, prefixesOf } from '../settings/settings';
import { inPieces } from '../lib/pieces';
import { linkTable, pointsAt } from '../platform/links';
import { idsHolding } from '../storage/text-index';
import { TEXT_INDEXES } from '../storage/text-index/types';
import { UID } from '../uids';
import { contactsWithAddress, namesHolding } from './people-views';

/** As many tickets as comments, titles, contacts or accounts may each bring into the result: more is no search but a list. */
const MOST = 500;

/** As a person types one: "TT1001", "tt1001", "#1001" or "1001". */
const TICKET_NUMBER = /^#?([\p{L}-]{0,20}\d{1,12})$/u;

/**
 * The tickets that a search finds: words that begin like these are in its number, title and description, in one of its comments or the name
 * of a file there, or its contact or account holds them (a contact several words: begins with each). A whole ticket number finds that ticket
 * alone. Of each of these, the newest 500 count.
 */
export async function idsOfSearch(strapi: Core.Strapi, search: string): Promise<number[]> {
  const words = search.trim();
  const exact = await ticketOfNumber(strapi, words);
  if (exact) return [exact];
  // Texts take as long as all the rest: one connection for each.
  const found = await Promise.all([ofTexts(strapi, words), ofPeople(strapi, words)]);
  return [...new Set(found.flat())];
}

async function ofTexts(strapi: Core.Strapi, words: string): Promise<number[]> {
  return [
    ...(await ticketsOfComments(strapi, await idsHolding(strapi, TEXT_INDEXES.comment, words, MOST))),
    ...(await ticketsOfFiles(strapi, await idsHolding(strapi, TEXT_INDEXES.attachment, words, MOST))),
  ];
}

async function ofPeople(strapi: Core.Strapi, words: string): Promise<number[]> {
  return [
    ...(await idsHolding(strapi, TEXT_INDEXES.ticket, words, MOST)),
    ...(await ticketsOfNumbersLike(strapi, words)),
    ...(await ticketsOf(strapi, 'contact', await idsHolding(strapi, TEXT_INDEXES.contact, words, MOST))),
    ...(await ticketsOf(strapi, 'contact', await contactsHolding(strapi, words))),
    ...(await ticketsOf(strapi, 'account', await idsHolding(strapi, TEXT_INDEXES.account, words, MOST))),
    ...(await ticketsOf(
      strapi,
      'account',
      await idsOf(strapi, UID.account, { $or: [{ name: { $containsi: words } }, { domain: { $containsi: words } }] }),
    )),
  ];
}

/** Of several words no address holds all, and the index has found the names that they begin. */
async function contactsHolding(strapi: Core.Strapi, words: string): Promise<number[]> {
  if (/\s/.test(words)) return [];
  return [...(await idsOf(strapi, UID.contact, { $or: namesHolding(words) })), ...(await contactsWithAddress(strapi, words))];
}

async function ticketOfNumber(strapi: Core.Strapi, words: string): Promise<number | null> {
  const number = words.match(TICKET_NUMBER)?.[1];
  if (!number) return null;
  const withPrefix = prefixesOf(await getSettings(strapi)).map((prefix) => `${prefix}${number}`);
  const candidates = [...new Set([number, number.toUpperCase(), ...withPrefix])];
  const found = await strapi.db.query(UID.ticket).findOne({
    select: ['id'],
    where: { ticketNumber: { $in: candidates } },
    orderBy: { id: 'desc' },
  });
  return found?.id ?? null;
}

/** The beginning of a number without its prefix, which the index holds with it. */
async function ticketsOfNumbersLike(strapi: Core.Strapi, words: string): Promise<number[]> {
  const digits = /^#?(\d{1,12})$/.exec(words)?.[1];
  if (!digits) return [];
  const { ticketPrefix } = await getSettings(strapi);
  return idsHolding(strapi, TEXT_INDEXES.ticket, `${ticketPrefix}${digits}`, MOST);
}

async function ticketsOfComments(strapi: Core.Strapi, comments: number[]): Promise<number[]> {
  const { name, owner, target } = linkTable(strapi, UID.comment, 'ticket');
  const found = new Set<number>();
  // A few at a time: for many, MariaDB reads all links of a helpdesk that is not very large.
  for (const some of inPieces(comments, 100))
    for (const link of await strapi.db.getConnection(name).whereIn(owner, some).select(target)) found.add(Number(link[target]));
  return [...found];
}

/** Not of the wholes of long texts, which are files of ours, nor of uploads that nobody has sent. */
async function ticketsOfFiles(strapi: Core.Strapi, attachments: number[]): Promise<number[]> {
  const { tableName } = strapi.db.metadata.get(UID.attachment);
  const comments = new Set<number>();
  for (const some of inPieces(attachments, 100))
    for (const row of await strapi.db
      .getConnection(tableName)
      .whereIn('id', some)
      .whereNull('whole_of')
      .whereNotNull('comment_id')
      .select('comment_id'))
      comments.add(Number(row.comment_id));
  return ticketsOfComments(strapi, [...comments]);
}

async function ticketsOf(strapi: Core.Strapi, relation: 'contact' | 'account', ids: number[]): Promise<number[]> {
  return ids.length === 0 ? [] : idsOf(strapi, UID.ticket, pointsAt(strapi, UID.ticket, relation, ids));
}

async function idsOf(strapi: Core.Strapi, uid: string, where: object): Promise<number[]> {
  const found = await strapi.db.query(uid).findMany({ select: ['id'], where, orderBy: { id: 'desc' }, limit: MOST });
  return found.map(({ id }: { id: number }) => id);
}

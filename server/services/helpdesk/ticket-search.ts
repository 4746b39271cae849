import type { Core } from '@strapi/strapi';
import { UID } from '../uids';

/** As many tickets as comments, contacts or accounts may bring into the result: more is no search but a list. */
const MOST = 500;

/** As a person types one: "TT1001", "tt1001" or "#1001". */
const TICKET_NUMBER = /^#?[\p{L}-]{0,20}\d{1,12}$/u;

/**
 * What a search asks of a ticket: its number, title, description, the text of its comments, its contact or its account holds the
 * words. A whole ticket number finds that ticket alone, by its index. Of comments, the newest 500 that hold the words count.
 */
export async function whereOfSearch(strapi: Core.Strapi, search: string): Promise<object> {
  const words = search.trim();
  if (!words) return {};
  const exact = TICKET_NUMBER.test(words) ? await ticketOfNumber(strapi, words) : null;
  if (exact) return { id: exact };
  const holds = { $containsi: words };
  const people = { $or: [{ email: holds }, { firstName: holds }, { lastName: holds }, ...wholeName(words)] };
  const [byComment, contacts, accounts] = [
    await ticketsOfComments(strapi, words),
    await idsOf(strapi, UID.contact, people),
    await idsOf(strapi, UID.account, { $or: [{ name: holds }, { domain: holds }] }),
  ];
  return {
    $or: [
      { ticketNumber: holds },
      { title: holds },
      ...(byComment.length > 0 ? [{ id: { $in: byComment } }] : []),
      ...(contacts.length > 0 ? [{ contact: { id: { $in: contacts } } }] : []),
      ...(accounts.length > 0 ? [{ account: { id: { $in: accounts } } }] : []),
      // A ticket that was opened by hand has its request here and in no comment.
      { description: holds },
    ],
  };
}

async function ticketOfNumber(strapi: Core.Strapi, words: string): Promise<number | null> {
  const number = words.replace(/^#/, '');
  const candidates = [...new Set([number, number.toUpperCase()])];
  const found = await strapi.db.query(UID.ticket).findOne({ select: ['id'], where: { ticketNumber: { $in: candidates } } });
  return found?.id ?? null;
}

/** "Jane Doe" is in no single attribute of a contact. */
function wholeName(words: string): object[] {
  const [first, ...others] = words.split(/\s+/);
  return others.length > 0 ? [{ $and: [{ firstName: { $containsi: first } }, { lastName: { $containsi: others.join(' ') } }] }] : [];
}

async function ticketsOfComments(strapi: Core.Strapi, words: string): Promise<number[]> {
  const comments = await strapi.db.query(UID.comment).findMany({
    select: ['id'],
    where: { $or: [{ visibleText: { $containsi: words } }, { authorAddress: { $containsi: words } }] },
    orderBy: { id: 'desc' },
    limit: MOST,
    populate: { ticket: { select: ['id'] } },
  });
  return [...new Set(comments.flatMap(({ ticket }) => (ticket ? [ticket.id as number] : [])))];
}

async function idsOf(strapi: Core.Strapi, uid: string, where: object): Promise<number[]> {
  const found = await strapi.db.query(uid as never).findMany({ select: ['id'], where: where as never, orderBy: { id: 'desc' }, limit: MOST });
  return found.map(({ id }: { id: number }) => id);
}

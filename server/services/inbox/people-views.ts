import type { Core } from '@strapi/strapi';
import { linkTable } from '../storage/links';
import { UID } from '../uids';
import type { Viewer } from './viewer';

/** Which contacts and accounts a viewer sees, and what a search asks of them. */

/** Those of the tickets that the viewer sees. */
export const whereContactVisible = (strapi: Core.Strapi, viewer: Viewer): object => whereOnOwnTickets(strapi, viewer, 'contact');
export const whereAccountVisible = (strapi: Core.Strapi, viewer: Viewer): object => whereOnOwnTickets(strapi, viewer, 'account');

/** Whether there is a contact of that address whom this viewer may not see. */
export async function isHiddenContact(strapi: Core.Strapi, viewer: Viewer, email: string): Promise<boolean> {
  const count = (more: object) => strapi.db.query(UID.contact).count({ where: { $and: [{ email }, more] } as never });
  return (await count({})) > 0 && (await count(whereContactVisible(strapi, viewer))) === 0;
}

/** A ticket knows its contact and its account, and they know no ticket: so the tickets' own link tables are asked. */
function whereOnOwnTickets(strapi: Core.Strapi, { id, seesAll }: Viewer, relation: 'contact' | 'account'): object {
  if (seesAll) return {};
  const [assignees, people] = [linkTable(strapi, UID.ticket, 'assignee'), linkTable(strapi, UID.ticket, relation)];
  const own = strapi.db
    .getConnection(assignees.name)
    .where({ [assignees.target]: id })
    .select(assignees.owner);
  return { id: { $in: strapi.db.getConnection(people.name).whereIn(people.owner, own).select(people.target) } };
}

/** What a search asks of a contact: its words are in one of its attributes, or in its account's name. No words ask for nothing. */
export function whereOfContactSearch(search: string): object {
  const words = search.trim();
  if (!words) return {};
  const holds = { $containsi: words };
  return { $or: [...namesHolding(words), { phone: holds }, { account: { name: holds } }] };
}

/** Alternatives: the words are in a contact's address or name. "Jane Doe" is in no single attribute. */
export function namesHolding(words: string): object[] {
  const holds = { $containsi: words };
  const [first, ...others] = words.split(/\s+/);
  const wholeName = { $and: [{ firstName: { $containsi: first } }, { lastName: { $containsi: others.join(' ') } }] };
  return [{ email: holds }, { firstName: holds }, { lastName: holds }, ...(others.length > 0 ? [wholeName] : [])];
}

/** The same of an account. */
export function whereOfAccountSearch(search: string): object {
  const holds = { $containsi: search.trim() };
  return search.trim() ? { $or: [{ name: holds }, { domain: holds }, { email: holds }] } : {};
}

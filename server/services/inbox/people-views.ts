import type { Core } from '@strapi/strapi';
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
  const [assignees, people] = [linkTable(strapi, 'assignee'), linkTable(strapi, relation)];
  const own = strapi.db
    .getConnection(assignees.name)
    .where({ [assignees.target]: id })
    .select(assignees.ticket);
  return { id: { $in: strapi.db.getConnection(people.name).whereIn(people.ticket, own).select(people.target) } };
}

function linkTable(strapi: Core.Strapi, relation: string) {
  const { joinTable } = strapi.db.metadata.get(UID.ticket).attributes[relation] as unknown as {
    joinTable: { name: string; joinColumn: { name: string }; inverseJoinColumn: { name: string } };
  };
  return { name: joinTable.name, ticket: joinTable.joinColumn.name, target: joinTable.inverseJoinColumn.name };
}

export function whereOfContactSearch(search: string): object {
  const words = search.trim();
  if (!words) return {};
  const holds = { $containsi: words };
  const [first, ...others] = words.split(/\s+/);
  // "Jane Doe" is in no single attribute.
  const wholeName =
    others.length > 0 ? [{ $and: [{ firstName: { $containsi: first } }, { lastName: { $containsi: others.join(' ') } }] }] : [];
  return {
    $or: [{ email: holds }, { firstName: holds }, { lastName: holds }, { phone: holds }, { account: { name: holds } }, ...wholeName],
  };
}

export function whereOfAccountSearch(search: string): object {
  const holds = { $containsi: search.trim() };
  return search.trim() ? { $or: [{ name: holds }, { domain: holds }, { email: holds }] } : {};
}

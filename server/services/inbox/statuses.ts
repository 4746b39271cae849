import type { KeptStatus, OwnStatusInput } from '../../../shared/api/ticket-statuses';
import type { Core } from '@strapi/strapi';
import { say } from '../../../shared/sentences/words';
import { refuse } from '../platform/refusal';
import { withoutConflicts } from '../storage/conflicts';
import { changeDocument, createDocument, findDocument } from '../storage/documents';
import { holdName, inTransaction } from '../storage/tables';
import { rowsOf, type Row } from '../storage/rows';
import { UID } from '../uids';

/** Statuses of the site's own as people keep them, and what a ticket is told of one. */

const statusFrom = ({ documentId, name, colour, kind, active }: Row<'ticketStatus'>): KeptStatus => ({
  documentId,
  name,
  colour,
  kind,
  active: active !== false,
});

/** All of them, in their order. */
export async function listStatuses(strapi: Core.Strapi): Promise<KeptStatus[]> {
  const rows = await rowsOf(strapi, UID.ticketStatus).findMany({ orderBy: [{ place: 'asc' }, { id: 'asc' }] });
  return rows.map(statusFrom);
}

/** Throws a 400 for a name that another status has; so does `changeStatus`, also for another kind. */
export async function createStatus(strapi: Core.Strapi, data: OwnStatusInput): Promise<KeptStatus> {
  return statusFrom(await withoutConflicts(() => createDocument(strapi, UID.ticketStatus, data)));
}

/** Null when there is no such status. */
export async function changeStatus(strapi: Core.Strapi, documentId: string, data: Partial<OwnStatusInput>): Promise<KeptStatus | null> {
  const row = await withoutConflicts(() => changeDocument(strapi, UID.ticketStatus, documentId, () => ({ ...data })));
  return row && statusFrom(row);
}

/** Tickets that have it keep the status that is its kind. */
export async function deleteStatus(strapi: Core.Strapi, documentId: string): Promise<void> {
  await strapi.documents(UID.ticketStatus).delete({ documentId });
}

/** Puts them in this order; one that is not named comes after those. */
export function orderStatuses(strapi: Core.Strapi, order: string[]): Promise<KeptStatus[]> {
  return inTransaction(strapi, async () => {
    await holdName(strapi, 'ticket statuses');
    const all = (await listStatuses(strapi)).map(({ documentId }) => documentId);
    const named = order.filter((documentId) => all.includes(documentId));
    for (const [place, documentId] of [...new Set([...named, ...all])].entries())
      await strapi.db.query(UID.ticketStatus).updateMany({ where: { documentId }, data: { place } });
    return listStatuses(strapi);
  });
}

/** What a ticket is told of such a status, by its documentId. Throws a 400 for one that is not there or that is switched off. */
export async function statusChange(strapi: Core.Strapi, documentId: string | null | undefined): Promise<object> {
  if (documentId === undefined) return {};
  if (documentId === null) return { helpdeskStatus: null };
  const status = await findDocument(strapi, UID.ticketStatus, documentId, { select: ['id', 'kind', 'active'] });
  if (!status?.active) refuse([{ path: ['helpdeskStatus'], said: say(status ? 'status.off' : 'status.gone') }]);
  return { helpdeskStatus: status.id, ticketStatus: status.kind };
}

/** Whether a filter names a status of the site's own, and not one of the ticket's enumeration. */
export const isOwnStatus = (strapi: Core.Strapi, value: string): boolean =>
  !(strapi.contentType(UID.ticket).attributes.ticketStatus as { enum?: string[] }).enum?.includes(value);

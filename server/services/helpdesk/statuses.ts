import { errors } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import { STATUS } from '../../../shared/vocabulary';
import { say } from '../../../shared/sentences/words';
import { addOwnMiddleware } from '../platform/document-middlewares';
import { refusal } from '../platform/refusal';
import { relationId } from '../storage/relation-id';
import { rowsOf } from '../storage/rows';
import { UID } from '../uids';
import { completeName } from './tags';

/**
 * Statuses of the site's own. `ticketStatus` stays what everything goes by: a ticket that gets such a status gets its kind with it, and one
 * whose `ticketStatus` becomes another one loses it.
 */

type Data = Record<string, unknown>;

/** Such a status as a change of a ticket names it. */
export interface StatusRef {
  id: number;
  name: string;
  kind: string;
}

export const STATUS_REF = ['id', 'name', 'kind'] as const;

/** Of what `ticketStatus` may be, also where a site has added to it, all but "Closed". Asked for by their names: "not closed" follows no index. */
export const openStatuses = (strapi: Core.Strapi): string[] =>
  (strapi.contentType(UID.ticket).attributes.ticketStatus as unknown as { enum: string[] }).enum.filter(
    (status) => status !== STATUS.closed,
  );

/** See `completeName`. Throws a 400 for another kind than it has, too. A new one comes behind the others. */
export async function completeStatus(strapi: Core.Strapi, data: Data, where?: object): Promise<void> {
  await completeName(strapi, UID.ticketStatus, { empty: say('status.name'), taken: say('status.taken') }, data, where);
  const statuses = strapi.db.query(UID.ticketStatus);
  if (!where) {
    const last = await statuses.findOne({ select: ['place'], orderBy: { place: 'desc' } });
    data.place ??= (last?.place ?? -1) + 1;
  } else if (data.kind !== undefined && (await statuses.findOne({ select: ['kind'], where }))?.kind !== data.kind) {
    throw refusal(errors.ApplicationError, say('status.kindStays'));
  }
}

/**
 * Brings both statuses in line in what a door writes of a ticket; `before` is the ticket as it is. Throws a 400 for a status that is not
 * there, or that is switched off and not the ticket's.
 */
export async function completeTicketStatus(strapi: Core.Strapi, data: Data, before?: { helpdeskStatus: StatusRef | null }): Promise<void> {
  const had = before?.helpdeskStatus ?? null;
  if (data.helpdeskStatus === undefined) {
    if (data.ticketStatus !== undefined && had && had.kind !== data.ticketStatus) data.helpdeskStatus = null;
    return;
  }
  const id = relationId(data.helpdeskStatus);
  data.helpdeskStatus = id;
  if (id === null) return;
  const status = await rowsOf(strapi, UID.ticketStatus).findOne({ select: ['id', 'kind', 'active'], where: { id } });
  if (!status) throw refusal(errors.ApplicationError, say('status.gone'));
  if (!status.active && had?.id !== id) throw refusal(errors.ApplicationError, say('status.off'));
  data.ticketStatus = status.kind;
}

/**
 * From now on a ticket's status is taken in every form in which Strapi takes a relation. For one that is kept in a column, Strapi itself
 * takes the numeric id alone. Throws a 400 for a status that is not there.
 */
export function takeStatusForms(strapi: Core.Strapi): void {
  addOwnMiddleware(strapi, async (context, next) => {
    const { data } = context.params as { data?: Data };
    if (context.uid === UID.ticket && data?.helpdeskStatus !== undefined) {
      const { helpdeskStatus: given, ...others } = data;
      // The Content Manager sends a relation along that nobody has touched.
      const change = isUntouched(given) ? {} : { helpdeskStatus: await idOf(strapi, lastOf(given)) };
      context.params = { ...context.params, data: { ...others, ...change } } as typeof context.params;
    }
    return next();
  });
}

const lists = (value: object): { set?: unknown; connect?: unknown; disconnect?: unknown } => value;

function isUntouched(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { set, connect, disconnect } = lists(value);
  const isEmpty = (list: unknown) => list === undefined || (Array.isArray(list) && list.length === 0);
  return set === undefined && (Array.isArray(connect) || Array.isArray(disconnect)) && isEmpty(connect) && isEmpty(disconnect);
}

function lastOf(value: unknown): unknown {
  if (Array.isArray(value)) return lastOf(value.at(-1));
  if (typeof value !== 'object' || value === null) return value ?? null;
  const { set, connect, disconnect } = lists(value);
  return set === undefined && connect === undefined && disconnect === undefined ? value : lastOf(set ?? connect);
}

async function idOf(strapi: Core.Strapi, named: unknown): Promise<number | null> {
  if (named === null || typeof named === 'number') return named;
  const { documentId, id } = typeof named === 'string' ? { documentId: named, id: undefined } : (named as Data);
  const where = documentId === undefined ? { id } : { documentId };
  const found = await rowsOf(strapi, UID.ticketStatus).findOne({ select: ['id'], where });
  if (!found) throw refusal(errors.ApplicationError, say('status.gone'));
  return found.id;
}

/** A change of a ticket with such a status as it is stored. */
export const withStatusId = (changes: Data): Data =>
  changes.helpdeskStatus ? { ...changes, helpdeskStatus: (changes.helpdeskStatus as StatusRef).id } : changes;

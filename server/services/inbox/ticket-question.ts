import type { Core } from '@strapi/strapi';
import { followedBy } from '../helpdesk/followers';
import { whereRated } from '../helpdesk/ratings';
import { linkTable, pointsAt, pointsAtDocument } from '../platform/links';
import { idQuery } from '../platform/queries';
import { findDocument } from '../storage/documents';
import { COUNTED, idsOfAll } from '../storage/pages';
import { getServiceLevels } from '../settings/settings';
import { rowsOf } from '../storage/rows';
import { UID } from '../uids';
import { ticketsOfAbsent } from './absent-tickets';
import { idsOfSearch } from './ticket-search';
import { isOfNobody, isOfOwn, isWithoutAsleep, whereOfView } from './ticket-views';
import { isOwnStatus } from './statuses';
import { whereVisible, type Viewer } from './viewer';
import { whereAwake } from '../helpdesk/snooze';
import type { TicketFilters } from '../../../shared/api/tickets';

/** What a list asks of its tickets, in the shape that storage/pages.ts reads. */

export type TicketFilter = Omit<TicketFilters, 'page' | 'pageSize'> & {
  /** An attribute and a direction: "lastActivityAt:desc". */
  sort: string;
};

/** Filters that ask for one relation, and the types that they name by a documentId. */
const LINK_FILTERS = {
  assignee: { relation: 'assignee', type: null },
  scanner: { relation: 'scanner', type: UID.scanner },
  tag: { relation: 'helpdeskTags', type: UID.tag },
} as const;

/** The one relation of tickets of which nothing else is asked. */
export async function linksAsked(strapi: Core.Strapi, viewer: Viewer, { view = 'all', sort: _sort, ...asked }: TicketFilter) {
  const [[name, value] = [], ...others] = Object.entries(asked).filter(([, given]) => given);
  if (!viewer.seesAll || view !== 'all' || others.length > 0 || !name || !value || value === 'none' || !(name in LINK_FILTERS))
    return undefined;
  const { relation, type } = LINK_FILTERS[name as keyof typeof LINK_FILTERS];
  const id = type
    ? (await findDocument<typeof UID.scanner | typeof UID.tag, { select: ['id'] }>(strapi, type, value, { select: ['id'] }))?.id
    : Number(value);
  return id === undefined ? undefined : { relation, id };
}

/** The ids of all tickets that the viewer sees in that list, in no order. */
export const idsOfTickets = async (strapi: Core.Strapi, viewer: Viewer, filter: TicketFilter): Promise<number[]> =>
  idsOfAll(strapi, UID.ticket, await questionOf(strapi, viewer, filter));

/** What a list asks of its tickets. */
export async function questionOf(
  strapi: Core.Strapi,
  viewer: Viewer,
  { view, search = '', sort: _sort, due, rating, spam, ...filters }: TicketFilter,
) {
  const tagged = filters.tag ? await withTag(strapi, filters.tag) : { where: {} };
  const own = await ownStatuses(strapi, filters.status);
  const teamed = await ofTeam(strapi, filters.team);
  const ofNobody = filters.assignee === 'none' || (view !== undefined && isOfNobody(view));
  const isOwn = view !== undefined && isOfOwn(view);
  const followed = filters.followed ? await followedBy(strapi, viewer.id, COUNTED) : undefined;
  const dueThen = due ? await withDue(strapi, due) : { where: {} };
  const absent = view === 'absent' ? await ticketsOfAbsent(strapi, viewer) : undefined;
  return {
    where: {
      $and: [
        whereVisible(strapi, viewer),
        absent?.where ?? {},
        own.where,
        ...whereOf(strapi, filters),
        tagged.where,
        view ? whereOfView(strapi, view) : {},
        view && isWithoutAsleep(view) ? await whereAwake(strapi) : {},
        dueThen.where,
        rating ? whereRated(strapi, rating) : {},
        spam ? { isSpam: true } : {},
      ],
    },
    without: ofNobody ? 'assignee' : undefined,
    having: isOwn ? { assignee: viewer.id } : undefined,
    looksFirst: ofNobody || isOwn || !viewer.seesAll || Boolean(filters.assignee || filters.scanner || filters.tag),
    pointing: { ...own.pointing, ...teamed.pointing },
    among: [
      search.trim() ? await idsOfSearch(strapi, search) : undefined,
      tagged.among,
      followed,
      teamed.among,
      absent?.among,
      dueThen.among,
    ].reduce<readonly number[] | undefined>(inBoth, undefined),
  };
}

function whereOf(
  strapi: Core.Strapi,
  { priority, assignee, contact, account, scanner, since, until }: Omit<TicketFilter, 'sort' | 'status' | 'due' | 'rating' | 'spam'>,
): object[] {
  const active = { ...(since ? { $gte: new Date(since) } : {}), ...(until ? { $lte: new Date(until) } : {}) };
  return [
    priority ? { priority: { $in: priority.split(',') } } : {},
    assignee && assignee !== 'none' ? pointsAt(strapi, UID.ticket, 'assignee', Number(assignee)) : {},
    contact ? pointsAtDocument(strapi, UID.ticket, 'contact', contact) : {},
    account ? pointsAtDocument(strapi, UID.ticket, 'account', account) : {},
    // Half of all tickets may be of one scanner: here Strapi's join, which follows the order, is the faster one.
    scanner ? { scanner: { documentId: scanner } } : {},
    since || until ? { lastActivityAt: active } : {},
  ];
}

/** What is asked of a ticket's status: one of these, statuses of the site's own by their documentIds among them. */
async function ownStatuses(strapi: Core.Strapi, status: string | undefined): Promise<{ where: object; pointing?: Record<string, number> }> {
  const asked = status ? status.split(',') : [];
  const named = asked.filter((value) => isOwnStatus(strapi, value));
  if (named.length === 0) return { where: status ? { ticketStatus: { $in: asked } } : {} };
  const rows = await rowsOf(strapi, UID.ticketStatus).findMany({ select: ['id'], where: { documentId: { $in: named } } });
  const ids = rows.map(({ id }) => Number(id));
  if (asked.length === 1 && ids.length === 1) return { where: {}, pointing: { helpdeskStatus: ids[0] } };
  return { where: { $or: [{ ticketStatus: { $in: asked } }, { helpdeskStatus: { id: { $in: ids } } }] } };
}

/**
 * What is too late, and what is so within the minutes of the settings. Of a closed ticket, nothing is due. Where few tickets are, the list begins
 * with those few, as for a tag.
 */
async function withDue(strapi: Core.Strapi, due: NonNullable<TicketFilter['due']>): Promise<{ where: object; among?: number[] }> {
  const now = new Date();
  const soon = async () => new Date(now.getTime() + (await getServiceLevels(strapi)).dueSoonMinutes * 60_000);
  const dueAt = due === 'breached' ? { $lte: now } : { $gt: now, $lte: await soon() };
  const rows: { id: number | string }[] = await idQuery(strapi, UID.ticket, { where: { dueAt } }).limit(COUNTED + 1);
  return rows.length > COUNTED ? { where: { dueAt } } : { where: {}, among: rows.map(({ id }) => Number(id)) };
}

/**
 * What is asked of a ticket that has a tag. Where few have it, the list begins with those few and sorts them. Where many have it, the list
 * follows its own order, in which the first of them soon come.
 */
async function withTag(strapi: Core.Strapi, documentId: string): Promise<{ where: object; among?: number[] }> {
  const tag = await findDocument(strapi, UID.tag, documentId, { select: ['id'] });
  if (!tag) return { where: {}, among: [] };
  const { name, owner, target } = linkTable(strapi, UID.ticket, 'helpdeskTags');
  const rows = await strapi.db
    .getConnection(name)
    .where(target, tag.id)
    .select(owner)
    .limit(COUNTED + 1);
  if (rows.length > COUNTED) return { where: { helpdeskTags: { id: tag.id } } };
  return { where: {}, among: rows.map((row: Record<string, number>) => Number(row[owner])) };
}

/** What is asked of a ticket of a team, by its documentId, or of none. */
async function ofTeam(
  strapi: Core.Strapi,
  team: string | undefined,
): Promise<{ pointing?: Record<string, number | null>; among?: number[] }> {
  if (!team) return {};
  if (team === 'none') return { pointing: { helpdeskTeam: null } };
  const found = await findDocument(strapi, UID.team, team, { select: ['id'] });
  return found ? { pointing: { helpdeskTeam: found.id } } : { among: [] };
}

const inBoth = (some?: readonly number[], others?: readonly number[]): readonly number[] | undefined => {
  if (!some || !others) return some ?? others;
  const known = new Set(others);
  return some.filter((id) => known.has(id));
};

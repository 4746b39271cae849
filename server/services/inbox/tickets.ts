import type { Core } from '@strapi/strapi';
import { followedBy } from '../helpdesk/followers';
import { whereRated } from '../helpdesk/ratings';
import { columnsBut } from '../storage/long-columns';
import { linkTable, pointsAt, pointsAtDocument } from '../platform/links';
import { findDocument } from '../storage/documents';
import { COUNTED, findPage, idsOfAll, type Page } from '../storage/pages';
import { getServiceLevels } from '../settings/settings';
import { roundsOfTicket } from '../times/of-ticket';
import { rowsOf, type Found, type Row } from '../storage/rows';
import { UID } from '../uids';
import { ticketsOfAbsent } from './absent-tickets';
import { agentFor, USER_ATTRIBUTES } from './agents';
import { summariesOf } from './conversation-summaries';
import { siteFieldsOf } from './site-fields';
import { idsOfSearch } from './ticket-search';
import { countOfView, isOfNobody, isOfOwn, isWithoutAsleep, whereOfView } from './ticket-views';
import { isOwnStatus } from './statuses';
import { TAG_ATTRIBUTES } from './tags';
import { teamName, WITH_TEAM } from '../helpdesk/teams';
import { isVisible, whereVisible, WITH_HOLDER, type Viewer } from './viewer';
import { AWAKE, isAsleep, whereAwake } from '../helpdesk/snooze';
import { foldName } from '../helpdesk/tags';
import type { Tag } from '../../../shared/api/tags';
import type { TicketFilters } from '../../../shared/api/tickets';

/** Tickets as people see them: in the list, and each by itself. */

export type TicketFilter = Omit<TicketFilters, 'page' | 'pageSize'> & {
  /** An attribute and a direction: "lastActivityAt:desc". */
  sort: string;
};

/** Tickets that a ticket points to, with whose they are. */
const LINKED = { select: ['documentId', 'ticketNumber', 'title'], populate: WITH_HOLDER } as const;

const RELATIONS = {
  assignee: USER_ATTRIBUTES,
  contact: true,
  account: true,
  scanner: { select: ['documentId', 'name'] },
  helpdeskTags: { select: TAG_ATTRIBUTES },
  // By a statement only where one of the tickets has one.
  helpdeskStatus: { select: ['documentId', 'name', 'colour', 'kind'] },
  ...WITH_TEAM,
  related: LINKED,
  mergedInto: LINKED,
  splitFrom: LINKED,
} as const;

/** What the list shows of each that a ticket is linked to. */
const LISTED_LINKED = {
  assignee: USER_ATTRIBUTES,
  contact: { select: ['documentId', 'email', 'firstName', 'lastName', 'phone', 'undeliverable'] },
  account: { select: ['documentId', 'name'] },
  scanner: RELATIONS.scanner,
  helpdeskTags: RELATIONS.helpdeskTags,
  related: LINKED,
} as const;

const { helpdeskStatus, helpdeskTeam, mergedInto, splitFrom } = RELATIONS;
const LISTED_RELATIONS = { helpdeskStatus, helpdeskTeam, mergedInto, splitFrom } as const;

/** Types of which no value is long. */
const SHORT_TYPES = [
  'string',
  'email',
  'uid',
  'enumeration',
  'integer',
  'biginteger',
  'float',
  'decimal',
  'boolean',
  'date',
  'datetime',
  'time',
];

/** What the list shows of each, a site's own attributes included: nothing that may be long. */
const listed = (strapi: Core.Strapi): string[] => [
  'documentId',
  ...Object.entries(strapi.contentType(UID.ticket).attributes as Record<string, { type: string; private?: boolean }>)
    .filter(([name, attribute]) => name !== 'documentId' && !attribute.private && SHORT_TYPES.includes(attribute.type))
    .map(([name]) => name),
];

/** Both the same way, as an index has them from either end. A number is in one ticket only, and its index knows no id behind it. */
const orderOf = (name: string, direction: string): object[] =>
  name === 'ticketNumber' ? [{ [name]: direction }] : [{ [name]: direction }, { id: direction }];

/** The tickets that the viewer sees. */
export async function listTickets(strapi: Core.Strapi, viewer: Viewer, filter: TicketFilter, page: Page) {
  const { view, search = '', sort, ...filters } = filter;
  const [name, direction] = sort.split(':');
  const isWholeView = view !== undefined && !search.trim() && Object.values(filters).every((value) => !value);
  const { data, meta } = await findPage(strapi, UID.ticket, page, {
    ...(await questionOf(strapi, viewer, filter)),
    countedBy: await linksAsked(strapi, viewer, filter),
    totalOfMany: async () => (isWholeView ? countOfView(strapi, view, viewer) : null),
    select: listed(strapi),
    orderBy: orderOf(name, direction),
    ...(name === 'dueAt' ? { nullsLast: name } : {}),
    populate: LISTED_RELATIONS,
    linked: LISTED_LINKED,
  });
  const summaries = await summariesOf(strapi, viewer.id, data);
  return { data: data.map((row) => ({ ...ticketFor(viewer, row), conversation: summaries.get(row.id) })), meta };
}

/** Filters that ask for one relation, and the types that they name by a documentId. */
const LINK_FILTERS = {
  assignee: { relation: 'assignee', type: null },
  scanner: { relation: 'scanner', type: UID.scanner },
  tag: { relation: 'helpdeskTags', type: UID.tag },
} as const;

/** The one relation of tickets of which nothing else is asked. */
async function linksAsked(strapi: Core.Strapi, viewer: Viewer, { view = 'all', sort: _sort, ...asked }: TicketFilter) {
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
async function questionOf(
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
  const absent = view === 'absent' ? await ticketsOfAbsent(strapi, viewer) : undefined;
  return {
    where: {
      $and: [
        whereVisible(strapi, viewer),
        absent?.where ?? {},
        own.where,
        ...whereOf(strapi, filters),
        tagged.where,
        view ? whereOfView(view) : {},
        view && isWithoutAsleep(view) ? await whereAwake(strapi) : {},
        await whereDue(strapi, due),
        rating ? whereRated(strapi, rating) : {},
        spam ? { isSpam: true } : {},
      ],
    },
    without: ofNobody ? 'assignee' : undefined,
    having: isOwn ? { assignee: viewer.id } : undefined,
    looksFirst: ofNobody || isOwn || !viewer.seesAll || Boolean(filters.assignee || filters.scanner || filters.tag),
    pointing: { ...own.pointing, ...teamed.pointing },
    among: [search.trim() ? await idsOfSearch(strapi, search) : undefined, tagged.among, followed, teamed.among, absent?.among].reduce<
      readonly number[] | undefined
    >(inBoth, undefined),
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

/** What is too late, and what is so within the minutes of the settings. Of a closed ticket, nothing is due. */
async function whereDue(strapi: Core.Strapi, due: TicketFilter['due']): Promise<object> {
  if (!due) return {};
  const now = Date.now();
  if (due === 'breached') return { dueAt: { $lte: new Date(now) } };
  const { dueSoonMinutes } = await getServiceLevels(strapi);
  return { dueAt: { $gt: new Date(now), $lte: new Date(now + dueSoonMinutes * 60_000) } };
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

/** The record of a ticket without its description and its relations; null when there is none, or none that the viewer sees. */
export const findTicket = (strapi: Core.Strapi, viewer: Viewer, documentId: string): Promise<TicketRow | null> =>
  readTicket(strapi, { documentId, ...whereVisible(strapi, viewer) });

/** The ticket of that documentId with its relations as this viewer may see them; null as `findTicket`. */
export async function findWholeTicket(strapi: Core.Strapi, viewer: Viewer, documentId: string) {
  const row = await readWhole(strapi, { documentId, ...whereVisible(strapi, viewer) });
  return row && { ...ticketFor(viewer, row), siteFields: siteFieldsOf(strapi, row), rounds: await roundsOfTicket(strapi, row.id) };
}

/** A ticket that was written, which may be out of the viewer's sight by now: then `isVisible` is false. */
export async function findWrittenTicket(strapi: Core.Strapi, viewer: Viewer, id: number) {
  const row = (await readWhole(strapi, { id }))!;
  return { ticket: ticketFor(viewer, row), isVisible: viewer.reads && isVisible(viewer, row) };
}

/** What names a ticket. */
export const nameOfTicket = (strapi: Core.Strapi, id: number) =>
  rowsOf(strapi, UID.ticket).findOne({ select: ['documentId', 'ticketNumber', 'title'], where: { id } });

/** The tickets that point to this one, as far as the viewer sees them. */
export const pointingTo = (strapi: Core.Strapi, viewer: Viewer, link: 'mergedInto' | 'splitFrom', id: number) =>
  rowsOf(strapi, UID.ticket).findMany({
    select: LINKED.select,
    where: { [link]: { id }, ...whereVisible(strapi, viewer) },
    orderBy: { id: 'asc' },
    limit: 50,
  });

/** The id of the ticket that another one is merged into, by its documentId; null when the viewer does not see it, or where it has gone. */
export async function idOfMergeTarget(strapi: Core.Strapi, viewer: Viewer, documentId: string): Promise<number | null> {
  const target = await rowsOf(strapi, UID.ticket).findOne({
    select: ['id'],
    where: { documentId, ...whereVisible(strapi, viewer) },
    populate: { mergedInto: { select: ['id'] } },
  });
  return target && (!target.mergedInto || viewer.seesAll) ? target.id : null;
}

type TicketRow = Omit<Row<'ticket'>, 'description'>;
type WholeRow = NonNullable<Awaited<ReturnType<typeof readWhole>>>;
type ShownRow = Pick<
  WholeRow,
  | 'threadToken'
  | 'subjectKey'
  | 'beforeSpam'
  | 'snoozedAt'
  | 'snoozedUntil'
  | 'assignee'
  | 'helpdeskTags'
  | 'helpdeskTeam'
  | 'related'
  | 'mergedInto'
  | 'splitFrom'
>;

const readTicket = (strapi: Core.Strapi, where: object): Promise<TicketRow | null> =>
  rowsOf(strapi, UID.ticket).findOne({ select: columnsBut(strapi, UID.ticket, ['description']), where });

const readWhole = (strapi: Core.Strapi, where: object) =>
  rowsOf(strapi, UID.ticket).findOne({ select: columnsBut(strapi, UID.ticket, ['description']), where, populate: RELATIONS });

/** A ticket as this viewer may see it: no secrets, and of a ticket that is not theirs nothing but its number. */
function ticketFor<R extends ShownRow>(
  viewer: Viewer,
  { threadToken: _token, subjectKey: _key, beforeSpam: _before, helpdeskTags, ...row }: R,
) {
  const asleep = isAsleep(row) ? {} : AWAKE;
  return {
    ...row,
    ...asleep,
    assignee: agentFor(viewer, row.assignee),
    tags: tagsFrom(helpdeskTags),
    helpdeskTeam: teamName(row.helpdeskTeam),
    related: row.related && linkFor(viewer, row.related),
    mergedInto: row.mergedInto && linkFor(viewer, row.mergedInto),
    splitFrom: row.splitFrom && linkFor(viewer, row.splitFrom),
  };
}

/** By name, as everywhere. */
const tagsFrom = (rows: Tag[]): Tag[] =>
  rows
    .map(({ documentId, name, colour }) => ({ documentId, name, colour }))
    .sort((one, other) => foldName(one.name).localeCompare(foldName(other.name)));

const linkFor = (viewer: Viewer, { documentId, ticketNumber, title, ...linked }: Found<typeof UID.ticket, typeof LINKED>) =>
  isVisible(viewer, linked) ? { documentId, ticketNumber, title } : { ticketNumber };

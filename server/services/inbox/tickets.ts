import type { Core } from '@strapi/strapi';
import { columnsBut } from '../storage/long-columns';
import { roundsOfTicket } from '../times/of-ticket';
import { rowsOf, type Found, type Row } from '../storage/rows';
import { UID } from '../uids';
import { agentFor, USER_ATTRIBUTES } from './agents';
import { siteFieldsOf } from './site-fields';
import { TAG_ATTRIBUTES } from './tags';
import { teamName, WITH_TEAM } from '../helpdesk/teams';
import { isVisible, whereVisible, WITH_HOLDER, type Viewer } from './viewer';
import { AWAKE, isAsleep } from '../helpdesk/snooze';
import { foldName } from '../helpdesk/tags';
import type { Tag } from '../../../shared/api/tags';

/** One ticket as people see it. */

/** Tickets that a ticket points to, with whose they are. */
export const LINKED = { select: ['documentId', 'ticketNumber', 'title'], populate: WITH_HOLDER } as const;

export const RELATIONS = {
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
export function ticketFor<R extends ShownRow>(
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

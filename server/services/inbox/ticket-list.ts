import type { Core } from '@strapi/strapi';
import { findPage, type Page } from '../storage/pages';
import { UID } from '../uids';
import { USER_ATTRIBUTES } from './agents';
import { summariesOf } from './conversation-summaries';
import { countOfView } from './ticket-views';
import type { Viewer } from './viewer';
import { linksAsked, questionOf, type TicketFilter } from './ticket-question';
import { LINKED, RELATIONS, ticketFor } from './tickets';

/** Tickets as the list shows them. */

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

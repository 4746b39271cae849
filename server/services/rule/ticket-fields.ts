import { present, type TextField } from './fields';
import { conditionSchema, type ConditionSchema } from './schema';
import { OPERATORS_OF_TYPE } from './fields';

/** What conditions of a time trigger look at: the ticket, as it is at that moment. */

export interface TicketSubject {
  ticketStatus: string;
  /** The name of the site's own status; empty: none. */
  ownStatus: string;
  priority: string;
  /** The name of its team; empty: none. */
  team: string;
  /** What its customer said last of how content they are; empty: nothing. */
  rating: string;
  /** Name and address of the person who has it; empty: nobody. */
  assignee: string[];
  tags: string[];
  scanner: string[];
  /** Name and address of the contact. */
  contact: string[];
  subject: string;
}

const TICKET_FIELDS: readonly TextField<TicketSubject>[] = [
  { key: 'subject', label: 'Subject', type: 'text', read: ({ subject }) => present([subject]) },
  { key: 'ticketStatus', label: 'Status', type: 'text', read: ({ ticketStatus }) => present([ticketStatus]) },
  { key: 'ownStatus', label: 'Own status', type: 'text', read: ({ ownStatus }) => present([ownStatus]) },
  { key: 'priority', label: 'Priority', type: 'text', read: ({ priority }) => present([priority]) },
  { key: 'assignee', label: 'Assignee', type: 'text', read: ({ assignee }) => present(assignee) },
  { key: 'team', label: 'Team', type: 'text', read: ({ team }) => present([team]) },
  { key: 'rating', label: 'Rating', type: 'text', read: ({ rating }) => present([rating]) },
  { key: 'tag', label: 'Tag', type: 'text', read: ({ tags }) => present(tags) },
  { key: 'scanner', label: 'Mail scanner', type: 'text', read: ({ scanner }) => present(scanner) },
  { key: 'contact', label: 'Contact', type: 'text', read: ({ contact }) => present(contact) },
];

const OPERATORS = OPERATORS_OF_TYPE.text.filter((name) => !name.endsWith('TicketNumber'));

export const ticketFieldOf = (key: string): TextField<TicketSubject> | null => TICKET_FIELDS.find((field) => field.key === key) ?? null;

/** As `conditionSchema`, of a ticket. */
export const ticketConditionSchema = (): ConditionSchema => ({
  fields: TICKET_FIELDS.map(({ key, label, type }) => ({ name: key, label, type, operators: OPERATORS })),
  operators: conditionSchema().operators,
});

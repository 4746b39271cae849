import type { DueFilter } from '../../../../shared/api/tickets';
import type { Score, TicketView } from '../../../../shared/vocabulary';
import type { PagingQuery } from '../../shared/utils/paging';

/** What the address bar holds, so that a list can be sent to a colleague. */
export type TicketSort = `${'lastActivityAt' | 'createdAt' | 'dueAt'}:${'asc' | 'desc'}`;

export interface TicketListQuery extends PagingQuery {
  /** The saved view that the list was opened by. */
  saved?: string;
  view?: TicketView;
  _q?: string;
  status?: string;
  priority?: string;
  assignee?: string;
  scanner?: string;
  tag?: string;
  team?: string;
  contact?: string;
  account?: string;
  since?: string;
  until?: string;
  /** Those that one follows oneself. */
  followed?: 'true';
  due?: DueFilter;
  rating?: Score;
  spam?: 'true';
  /** Left out: what something happened to last comes first. */
  sort?: TicketSort;
}

/** The parts of it that narrow a view down. */
export const FILTERS = [
  'status',
  'priority',
  'assignee',
  'scanner',
  'tag',
  'team',
  'followed',
  'contact',
  'account',
  'since',
  'until',
  'due',
  'rating',
  'spam',
] as const;

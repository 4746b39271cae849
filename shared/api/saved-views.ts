import type { TicketFilters } from './tickets';

/** What a list is asked, without its page. */
export type ViewFilters = Omit<TicketFilters, 'page' | 'pageSize'>;

/** What a filter names that can be deleted. */
export const NAMING_FILTERS = ['assignee', 'contact', 'account', 'scanner', 'tag', 'team', 'status'] as const;
export type NamingFilter = (typeof NAMING_FILTERS)[number];

/** A list of tickets under a name: of one administrator, or of the team. */
export interface SavedView {
  documentId: string;
  name: string;
  /** The team has it, and not this administrator alone. */
  isShared: boolean;
  filters: ViewFilters;
  /** The filters whose person, tag or the like is not there any more: by these, no ticket is found. */
  missing: NamingFilter[];
  /** How many tickets the administrator sees in it, where that is known without a search. */
  count: number | null;
}

export type SavedViewInput = Pick<SavedView, 'name' | 'isShared' | 'filters'>;

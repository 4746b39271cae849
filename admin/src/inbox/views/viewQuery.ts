import type { SavedView, ViewFilters } from '../../../../shared/api/saved-views';
import { USUAL } from '../list/SortBy';
import { FILTERS, type TicketListQuery } from '../list/ticketListQuery';

/** How a list stands in the address bar, and how a view keeps it. */

const KEPT = ['view', ...FILTERS, 'followed', 'search', 'sort'] as const;

/** What a view keeps of a list: not its page, and nothing that is as usual. */
export const filtersInQuery = ({ view = 'open', _q, sort, ...query }: TicketListQuery): ViewFilters =>
  kept({ ...query, view, search: _q, sort: sort === USUAL ? undefined : sort });

function kept(filters: ViewFilters): ViewFilters {
  return Object.fromEntries(KEPT.filter((name) => filters[name]).map((name) => [name, filters[name]]));
}

/** Whether somebody has asked for more than one of the lists that are always there. */
export const isNarrowed = (filters: ViewFilters): boolean => Object.keys(kept(filters)).some((name) => name !== 'view');

/** The list of a view with all that it asks for, so that it can be changed there, and be sent to whoever has not got this view. */
export function linkToView({ documentId, filters: { search, ...filters } }: Pick<SavedView, 'documentId' | 'filters'>): string {
  const query = { saved: documentId, view: 'all', ...filters, ...(search ? { _q: search } : {}) };
  return `?${new URLSearchParams(query)}`;
}

export const isSameList = (one: ViewFilters, other: ViewFilters): boolean => {
  const asked = ({ view = 'all', sort = USUAL, ...filters }: ViewFilters): ViewFilters => ({ ...filters, view, sort });
  const [first, second] = [asked(one), asked(other)];
  return KEPT.every((name) => (first[name] ?? '') === (second[name] ?? ''));
};

/** A link that names a view and nothing of it. */
export const isBareLink = (query: TicketListQuery): boolean =>
  query.saved !== undefined && !query.view && !isNarrowed(filtersInQuery(query));

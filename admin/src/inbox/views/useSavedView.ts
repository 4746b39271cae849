import { useQueryParams } from '@strapi/strapi/admin';
import { useAllowed } from '../../shared/hooks/useAllowed';
import { useSavedViewsQuery, type SavedView, type ViewFilters } from '../../api/savedViews';
import type { TicketListQuery } from '../list/ticketListQuery';
import { filtersInQuery, isSameList } from './viewQuery';

const NONE: SavedView[] = [];

/** A colleague may have saved one for the team. */
const A_WHILE_S = 30;

interface Now {
  views: SavedView[];
  /** The view that the list was opened by. */
  current: SavedView | undefined;
  /** What the list asks for now. */
  filters: ViewFilters;
  /** It asks for something else than its view. */
  isChanged: boolean;
  mayChange(view: SavedView): boolean;
}

/** The saved views, and which of them is open. */
export function useSavedView(): Now {
  const [{ query }] = useQueryParams<TicketListQuery>();
  const { canManageSharedViews } = useAllowed();
  const { data: views = NONE } = useSavedViewsQuery(undefined, { refetchOnMountOrArgChange: A_WHILE_S });
  const current = views.find(({ documentId }) => documentId === query?.saved);
  const filters = filtersInQuery(query ?? {});
  return {
    views,
    current,
    filters,
    isChanged: current !== undefined && !isSameList(current.filters, filters),
    mayChange: ({ isShared }) => !isShared || canManageSharedViews,
  };
}

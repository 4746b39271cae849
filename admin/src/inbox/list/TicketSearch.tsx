import * as React from 'react';
import { SearchField } from '../../shared/components/SearchField';
import { useListQuery } from '../../shared/hooks/useListQuery';
import { useText } from '../../shared/hooks/useText';
import { useSavedView } from '../views/useSavedView';
import type { TicketListQuery } from './ticketListQuery';

/** Number, title, text of comments, contact or account. */
export const TicketSearch = React.forwardRef<HTMLInputElement>(function TicketSearch(_, ref) {
  const text = useText();
  const [query, setQuery] = useListQuery<TicketListQuery>();
  const { current } = useSavedView();
  // What is looked for may stand in any view; each hit says in which.
  const search = (found: string | undefined) =>
    setQuery({ _q: found, view: found && !query._q ? 'all' : found ? query.view : current?.filters.view, page: '1' });
  return (
    <SearchField ref={ref} label={text('inbox.search')} placeholder={text('inbox.searchPlaceholder')} value={query._q} onSearch={search} />
  );
});

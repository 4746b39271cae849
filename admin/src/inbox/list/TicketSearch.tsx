import * as React from 'react';
import { Searchbar, SearchForm } from '@strapi/design-system';
import { useQueryParams } from '@strapi/strapi/admin';
import { useText } from '../../shared/hooks/useText';
import { useSavedView } from '../views/useSavedView';
import type { TicketListQuery } from './ticketListQuery';

/** Number, title, text of comments, contact or account. */
export const TicketSearch = React.forwardRef<HTMLInputElement>(function TicketSearch(_, ref) {
  const text = useText();
  const [{ query = {} }, setQuery] = useQueryParams<TicketListQuery>();
  const [words, setWords] = React.useState(query._q ?? '');
  // A view may look for words of its own.
  React.useEffect(() => setWords(query._q ?? ''), [query._q]);
  const { current } = useSavedView();
  // What is looked for may stand in any view; each hit says in which.
  const search = (value: string) => {
    const found = value.trim() || undefined;
    setQuery({ _q: found, view: found && !query._q ? 'all' : found ? query.view : current?.filters.view, page: '1' });
  };
  return (
    <SearchForm
      onSubmit={(event: React.FormEvent) => {
        event.preventDefault();
        search(words);
      }}
    >
      <Searchbar
        ref={ref}
        name="search"
        size="S"
        value={words}
        onChange={(event: React.ChangeEvent<HTMLInputElement>) => setWords(event.target.value)}
        onClear={() => {
          setWords('');
          search('');
        }}
        clearLabel={text('inbox.clearSearch')}
        placeholder={text('inbox.searchPlaceholder')}
      >
        {text('inbox.search')}
      </Searchbar>
    </SearchForm>
  );
});

import * as React from 'react';
import { Searchbar, SearchForm } from '@strapi/design-system';
import { styled } from 'styled-components';
import { useListQuery } from '../hooks/useListQuery';
import { useText } from '../hooks/useText';

interface SearchFieldProps {
  label: string;
  placeholder?: string;
  /** What is looked for now. */
  value: string | undefined;
  /** undefined: nothing is looked for any more. */
  onSearch(words: string | undefined): void;
}

/** Always a field and never an icon: who looks for something types at once. */
export const SearchField = React.forwardRef<HTMLInputElement, SearchFieldProps>(function SearchField(
  { label, placeholder = label, value = '', onSearch },
  ref,
) {
  const text = useText();
  const [words, setWords] = React.useState(value);
  // A link or a saved view may look for words of its own.
  const [was, setWas] = React.useState(value);
  if (value !== was) {
    setWas(value);
    setWords(value);
  }
  return (
    <Room>
      <SearchForm
        onSubmit={(event: React.FormEvent) => {
          event.preventDefault();
          onSearch(words.trim() || undefined);
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
            onSearch(undefined);
          }}
          clearLabel={text('inbox.clearSearch')}
          placeholder={placeholder}
        >
          {label}
        </Searchbar>
      </SearchForm>
    </Room>
  );
});

/** On a phone what is beside it leaves it, else always the same. */
const Room = styled.div`
  flex: 1 1 16rem;

  ${({ theme }) => theme.breakpoints.medium} {
    flex: 0 0 32rem;
  }
`;

/** The search of a list whose words live in the address bar. */
export function ListSearch({ label, placeholder }: Pick<SearchFieldProps, 'label' | 'placeholder'>) {
  const [query, setQuery] = useListQuery<{ _q?: string; page?: string }>();
  return <SearchField label={label} placeholder={placeholder} value={query._q} onSearch={(_q) => setQuery({ _q, page: '1' })} />;
}

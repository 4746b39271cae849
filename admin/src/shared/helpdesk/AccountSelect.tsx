import * as React from 'react';
import { ComboboxOption } from '@strapi/design-system';
import { useAccountsQuery } from '../../api/people';
import { SearchSelect } from '../components/SearchSelect';
import { useText } from '../hooks/useText';

interface AccountSelectProps {
  label: string;
  /** What stands there when there is none. */
  placeholder?: string;
  /** The documentId of one that cannot be chosen. */
  except?: string;
  value: { documentId: string; name: string } | null;
  onChange(account: { documentId: string; name: string } | null): void;
  disabled?: boolean;
  size?: 'S' | 'M';
}

/** The organisation that somebody or something belongs to, searched for while typing. */
export function AccountSelect({ label, placeholder, except, value, onChange, disabled, size = 'S' }: AccountSelectProps) {
  const text = useText();
  const [search, setSearch] = React.useState('');
  const { data } = useAccountsQuery({ search, pageSize: 50 });
  const found = (data?.data ?? []).filter(({ documentId }) => documentId !== except);
  const offered = value && !found.some(({ documentId }) => documentId === value.documentId) ? [value, ...found] : found;
  return (
    <SearchSelect
      aria-label={label}
      size={size}
      placeholder={placeholder ?? text('people.noAccount')}
      value={value?.documentId ?? ''}
      onChange={(id?: string) => {
        const chosen = offered.find(({ documentId }) => documentId === id);
        if (chosen && chosen.documentId !== value?.documentId) onChange(chosen);
      }}
      onClear={() => value && onChange(null)}
      onSearch={setSearch}
      onOpenChange={(isOpen: boolean) => !isOpen && setSearch('')}
      disabled={disabled}
    >
      {offered.map(({ documentId, name }) => (
        <ComboboxOption key={documentId} value={documentId}>
          {name}
        </ComboboxOption>
      ))}
    </SearchSelect>
  );
}

import * as React from 'react';
import { TextInput } from '@strapi/design-system';
import { useDebounce } from '@strapi/strapi/admin';
import { useContactsQuery, type ContactRow } from '../api/people';
import { nameOfContact } from '../shared/helpdesk/names';

interface ContactInputProps {
  value: string;
  onChange(email: string): void;
  label?: string;
  placeholder?: string;
  size?: 'S' | 'M';
}

/** An address, typed or chosen: contacts whose name, address or account holds the words are offered. */
export function ContactInput({ value, onChange, label, placeholder, size = 'M' }: ContactInputProps) {
  const listId = React.useId();
  const offered = useOffered(value);
  return (
    <>
      <TextInput
        type="email"
        list={listId}
        autoComplete="off"
        size={size}
        aria-label={label}
        placeholder={placeholder}
        value={value}
        onChange={(event: React.ChangeEvent<HTMLInputElement>) => onChange(event.target.value)}
      />
      <datalist id={listId}>
        {offered.map((contact) => (
          <option key={contact.documentId} value={contact.email}>
            {[nameOfContact(contact), contact.account?.name].filter(Boolean).join(' · ')}
          </option>
        ))}
      </datalist>
    </>
  );
}

function useOffered(value: string): ContactRow[] {
  const search = useDebounce(value.trim(), 250);
  const { data } = useContactsQuery({ search, pageSize: 10 }, { skip: search.length < 2 });
  return search.length < 2 ? [] : (data?.data ?? []);
}

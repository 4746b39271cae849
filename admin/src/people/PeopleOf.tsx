import * as React from 'react';
import { ComboboxOption, Flex, IconButton, Link as PageLink, Typography } from '@strapi/design-system';
import { Cross } from '@strapi/icons';
import { Link } from 'react-router-dom';
import { useContactsQuery, useUpdateContactMutation } from '../api/people';
import { Panel } from '../shared/components/Panel';
import { SearchSelect } from '../shared/components/SearchSelect';
import { nameOfContact } from '../shared/helpdesk/names';
import { placeOfContact } from '../shared/helpdesk/places';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useText } from '../shared/hooks/useText';

const SHOWN = 100;
const OFFERED = 20;

/** Who belongs to an account. Somebody who may change contacts puts people to it and takes them out. */
export function PeopleOf({ account, disabled }: { account: string; disabled: boolean }) {
  const text = useText();
  const { failure } = useFeedback();
  const { data } = useContactsQuery({ account, pageSize: SHOWN });
  const [update] = useUpdateContactMutation();
  const contacts = data?.data ?? [];
  const put = async (id: string, to: string | null) => {
    const answer = await update({ id, data: { account: to } });
    if ('error' in answer) failure(answer.error!);
  };
  return (
    <Panel title={text('people.contacts')}>
      {contacts.map((contact) => (
        <Flex key={contact.documentId} justifyContent="space-between" gap={3}>
          <Flex gap={2} wrap="wrap">
            <PageLink tag={Link} to={placeOfContact(contact.documentId)}>
              {nameOfContact(contact)}
            </PageLink>
            <Typography textColor="neutral600" style={{ overflowWrap: 'anywhere' }}>
              {contact.email}
            </Typography>
          </Flex>
          {!disabled && (
            <IconButton
              variant="ghost"
              size="S"
              label={text('people.takeOut', { name: nameOfContact(contact) })}
              onClick={() => put(contact.documentId, null)}
            >
              <Cross />
            </IconButton>
          )}
        </Flex>
      ))}
      {data && contacts.length === 0 && <Typography textColor="neutral600">{text('people.none')}</Typography>}
      {!disabled && (
        // Mounted again for each, so that nothing of the last one stays typed.
        <ContactSelect key={contacts.length} label={text('people.putToAccount')} onChosen={(id) => put(id, account)} />
      )}
    </Panel>
  );
}

/** A contact, searched for while typing; empty again once one is chosen. */
export function ContactSelect({ label, except, onChosen }: { label: string; except?: string; onChosen(id: string): void }) {
  const text = useText();
  const [search, setSearch] = React.useState('');
  const { data } = useContactsQuery({ search, pageSize: OFFERED });
  return (
    <SearchSelect
      aria-label={label}
      size="S"
      placeholder={label}
      value=""
      noOptionsMessage={() => text('people.none')}
      onChange={(id?: string) => id && onChosen(id)}
      onSearch={setSearch}
      onOpenChange={(isOpen: boolean) => !isOpen && setSearch('')}
    >
      {(data?.data ?? [])
        .filter(({ documentId }) => documentId !== except)
        .map((contact) => (
          <ComboboxOption key={contact.documentId} value={contact.documentId}>
            {`${nameOfContact(contact)} · ${contact.email}`}
          </ComboboxOption>
        ))}
    </SearchSelect>
  );
}

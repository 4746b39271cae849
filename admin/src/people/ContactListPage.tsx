import * as React from 'react';
import { Box, Link as PageLink, Td, Tr, Typography } from '@strapi/design-system';
import { SearchInput, useQueryParams } from '@strapi/strapi/admin';
import { Link } from 'react-router-dom';
import { useContactsQuery, type ContactRow } from './api/people';
import { ListPage } from '../shared/components/ListPage';
import { EmptyList, RecordTable } from '../shared/components/RecordTable';
import { nameOfContact } from '../shared/helpdesk/names';
import { useText, type TextKey } from '../shared/hooks/useText';
import { countText, pagingOf, type PagingQuery } from '../shared/utils/paging';
import { HELPDESK, placeOfAccount, placeOfContact } from '../shared/helpdesk/places';

interface Query extends PagingQuery {
  _q?: string;
}

const COLUMNS: TextKey[] = ['people.name', 'people.email', 'inbox.account'];

/** All people who wrote to the helpdesk or got an email from it. */
export function ContactListPage() {
  const text = useText();
  const [{ query = {} }] = useQueryParams<Query>();
  const list = useContactsQuery({ search: query._q, ...pagingOf(query) }, { refetchOnMountOrArgChange: true });
  return (
    <ListPage
      list={list}
      title={text('people.contacts')}
      subtitle={({ meta }) => countText(text, 'people.count', meta.pagination)}
      back={HELPDESK}
      filters={<SearchInput label={text('people.search')} placeholder={text('people.searchPlaceholder')} trackedEvent={null} />}
    >
      {({ data }) => (
        <RecordTable columns={COLUMNS} hasActions={false} records={data} empty={<EmptyList text={text('people.none')} />}>
          {(contact) => <Row key={contact.documentId} contact={contact} />}
        </RecordTable>
      )}
    </ListPage>
  );
}

function Row({ contact }: { contact: ContactRow }) {
  const text = useText();
  return (
    <Tr>
      <Td>
        <Wrapping>
          <PageLink tag={Link} to={placeOfContact(contact.documentId)}>
            <bdi>{nameOfContact(contact)}</bdi>
          </PageLink>
        </Wrapping>
      </Td>
      <Td>
        <Wrapping>
          <Typography tag="p" textColor="neutral800">
            {contact.email}
          </Typography>
          {contact.undeliverable && (
            <Typography variant="pi" fontWeight="bold" textColor="danger700">
              {text('people.undeliverable')}
            </Typography>
          )}
        </Wrapping>
      </Td>
      <Td>
        {contact.account && (
          <Wrapping>
            <PageLink tag={Link} to={placeOfAccount(contact.account.documentId)}>
              {contact.account.name}
            </PageLink>
          </Wrapping>
        )}
      </Td>
    </Tr>
  );
}

/** Long names take another line, not the whole width. */
const Wrapping = ({ children }: { children: React.ReactNode }) => (
  <Box maxWidth={{ initial: '16rem', medium: '36rem' }} style={{ whiteSpace: 'normal', overflowWrap: 'anywhere' }}>
    {children}
  </Box>
);

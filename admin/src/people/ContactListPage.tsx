import * as React from 'react';
import { Box, EmptyStateLayout, Link as PageLink, Tbody, Td, Th, Thead, Tr, Typography } from '@strapi/design-system';
import { EmptyDocuments } from '@strapi/icons/symbols';
import { Layouts, Page, Pagination, SearchInput, useQueryParams } from '@strapi/strapi/admin';
import { Link } from 'react-router-dom';
import { FoldingTable } from '../shared/components/FoldingTable';
import { useContactsQuery, type ContactRow } from './api/people';
import { Back } from '../shared/components/Back';
import { nameOfContact } from '../shared/helpdesk/names';
import { useText, type TextKey } from '../shared/hooks/useText';
import { HELPDESK, placeOfAccount, placeOfContact } from '../shared/helpdesk/places';
import { PageMain } from '../shared/components/PageMain';

interface Query {
  page?: string;
  pageSize?: string;
  _q?: string;
}

const COLUMNS: TextKey[] = ['people.name', 'people.email', 'inbox.account'];

/** Everybody who has written or been written to. */
export function ContactListPage() {
  const text = useText();
  const [{ query = {} }] = useQueryParams<Query>();
  const filters = { search: query._q, page: Number(query.page ?? 1), pageSize: Number(query.pageSize ?? 20) };
  const { data, isLoading, isFetching, error } = useContactsQuery(filters, { refetchOnMountOrArgChange: true });
  if (isLoading) return <Page.Loading />;
  if (error || !data) return <Page.Error />;
  const { pagination } = data.meta;
  return (
    <PageMain aria-busy={isFetching}>
      <Page.Title>{text('people.contacts')}</Page.Title>
      <Layouts.Header
        title={text('people.contacts')}
        subtitle={text('people.count', { count: pagination.total })}
        navigationAction={<Back to={HELPDESK} />}
      />
      <Layouts.Action
        startActions={<SearchInput label={text('people.search')} placeholder={text('people.searchPlaceholder')} trackedEvent={null} />}
      />
      <Layouts.Content>
        {data.data.length === 0 ? (
          <EmptyStateLayout icon={<EmptyDocuments width="16rem" />} content={text('people.none')} />
        ) : (
          <FoldingTable columns={COLUMNS} colCount={COLUMNS.length} rowCount={data.data.length + 1}>
            <Thead>
              <Tr>
                {COLUMNS.map((column) => (
                  <Th key={column}>
                    <Typography variant="sigma" textColor="neutral600">
                      {text(column)}
                    </Typography>
                  </Th>
                ))}
              </Tr>
            </Thead>
            <Tbody>
              {data.data.map((contact) => (
                <Row key={contact.documentId} contact={contact} />
              ))}
            </Tbody>
          </FoldingTable>
        )}
        <Pagination.Root pageCount={pagination.pageCount} total={pagination.total} defaultPageSize={20}>
          <Pagination.PageSize options={['20', '50', '100']} />
          <Pagination.Links />
        </Pagination.Root>
      </Layouts.Content>
    </PageMain>
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

import { Flex, Link as PageLink, Td, Tr, Typography } from '@strapi/design-system';
import { useQueryParams } from '@strapi/strapi/admin';
import { Link } from 'react-router-dom';
import { useAccountsQuery } from '../api/people';
import { AddLink, ListPage } from '../shared/components/ListPage';
import { EmptyList, RecordTable } from '../shared/components/RecordTable';
import { ListSearch } from '../shared/components/SearchField';
import { WhenCell } from '../shared/components/When';
import { useAllowed } from '../shared/hooks/useAllowed';
import { useText, type TextKey } from '../shared/hooks/useText';
import { countText, pagingOf, type PagingQuery } from '../shared/utils/paging';
import { HELPDESK, placeOfAccount } from '../shared/helpdesk/places';
import { PeopleTabs } from './PeopleTabs';
import { Wrapping } from './Wrapping';

const COLUMNS: TextKey[] = ['people.name', 'people.domain', 'people.openTickets', 'people.lastMessage'];

/** The organisations that contacts belong to. */
export function AccountListPage() {
  const text = useText();
  const { canEditContacts } = useAllowed();
  const [{ query = {} }] = useQueryParams<PagingQuery & { _q?: string }>();
  const list = useAccountsQuery({ search: query._q, ...pagingOf(query) }, { refetchOnMountOrArgChange: true });
  return (
    <ListPage
      list={list}
      title={text('inbox.people')}
      windowTitle={text('people.accounts')}
      subtitle={({ meta }) => countText(text, 'people.accountCount', meta.pagination)}
      back={HELPDESK}
      primaryAction={canEditContacts && <AddLink fullWidth>{text('people.newAccount')}</AddLink>}
      filters={
        <Flex gap={2} wrap="wrap">
          <PeopleTabs current="accounts" />
          <ListSearch label={text('people.searchAccounts')} />
        </Flex>
      }
    >
      {({ data }) => (
        <RecordTable columns={COLUMNS} hasActions={false} records={data} empty={<EmptyList text={text('people.noAccounts')} />}>
          {({ documentId, name, domain, openTickets, lastMessageAt }) => (
            <Tr key={documentId}>
              <Td>
                <Wrapping>
                  <PageLink tag={Link} to={placeOfAccount(documentId)}>
                    <bdi>{name}</bdi>
                  </PageLink>
                </Wrapping>
              </Td>
              <Td>
                <Typography textColor="neutral800">{domain}</Typography>
              </Td>
              <Td>
                <Typography textColor="neutral800">{openTickets}</Typography>
              </Td>
              <Td>
                <WhenCell at={lastMessageAt} />
              </Td>
            </Tr>
          )}
        </RecordTable>
      )}
    </ListPage>
  );
}

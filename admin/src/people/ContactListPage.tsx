import { Flex, Link as PageLink, Td, Tr, Typography } from '@strapi/design-system';
import { Link } from 'react-router-dom';
import { useContactsQuery, type ContactFilters, type ListedContact } from '../api/people';
import { FilterSelect } from '../shared/components/FilterSelect';
import { AddLink, ListPage } from '../shared/components/ListPage';
import { EmptyList, RecordTable } from '../shared/components/RecordTable';
import { ListSearch } from '../shared/components/SearchField';
import { WhenCell } from '../shared/components/When';
import { nameOfContact } from '../shared/helpdesk/names';
import { useAllowed } from '../shared/hooks/useAllowed';
import { useListQuery } from '../shared/hooks/useListQuery';
import { useText, type TextKey } from '../shared/hooks/useText';
import { countText, pagingOf, type PagingQuery } from '../shared/utils/paging';
import { HELPDESK, placeOfAccount, placeOfContact } from '../shared/helpdesk/places';
import { PeopleTabs } from './PeopleTabs';
import { Wrapping } from './Wrapping';

interface Query extends PagingQuery {
  _q?: string;
  sort?: ContactFilters['sort'];
}

const COLUMNS: TextKey[] = ['people.name', 'people.email', 'inbox.account', 'people.openTickets', 'people.lastMessage'];
const SORTS = { lastMessage: 'people.lastMessage', name: 'people.name' } as const satisfies Record<string, TextKey>;

/** All people who wrote to the helpdesk or got an email from it. */
export function ContactListPage() {
  const text = useText();
  const { canEditContacts } = useAllowed();
  const [query, setQuery] = useListQuery<Query>();
  const sort = query.sort ?? 'lastMessage';
  const list = useContactsQuery({ search: query._q, sort, ...pagingOf(query) }, { refetchOnMountOrArgChange: true });
  return (
    <ListPage
      list={list}
      title={text('inbox.people')}
      windowTitle={text('people.contacts')}
      subtitle={({ meta }) => countText(text, 'people.count', meta.pagination)}
      back={HELPDESK}
      primaryAction={canEditContacts && <AddLink fullWidth>{text('people.new')}</AddLink>}
      filters={
        <Flex gap={2} wrap="wrap">
          <PeopleTabs current="contacts" />
          <ListSearch label={text('people.search')} placeholder={text('people.searchPlaceholder')} />
          <FilterSelect
            label={text('people.sort')}
            options={Object.entries(SORTS).map(([value, label]) => ({ value, label: text(label) }))}
            value={sort}
            isOneOf
            onChange={(chosen) => setQuery({ sort: chosen as ContactFilters['sort'], page: '1' })}
          />
        </Flex>
      }
    >
      {({ data }) => (
        <RecordTable columns={COLUMNS} hasActions={false} records={data} empty={<EmptyList text={text('people.none')} />}>
          {(contact) => <Row key={contact.documentId} contact={contact} />}
        </RecordTable>
      )}
    </ListPage>
  );
}

function Row({ contact }: { contact: ListedContact }) {
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
      <Td>
        <Typography textColor="neutral800">{contact.openTickets}</Typography>
      </Td>
      <Td>
        <WhenCell at={contact.lastMessageAt} />
      </Td>
    </Tr>
  );
}

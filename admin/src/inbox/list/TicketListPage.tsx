import * as React from 'react';
import { Box, EmptyStateLayout, Flex, IconButton, LinkButton } from '@strapi/design-system';
import { Plus, Question } from '@strapi/icons';
import { EmptyDocuments } from '@strapi/icons/symbols';
import { Layouts, Page, Pagination, useQueryParams } from '@strapi/strapi/admin';
import { NavLink, useLocation } from 'react-router-dom';
import { useTicketsQuery, type TicketFilters } from '../api/tickets';
import { ShortcutsDialog } from '../ShortcutsDialog';
import { useShortcuts } from '../useShortcuts';
import { Notice } from '../../shared/components/Notice';
import { useAllowed } from '../../shared/hooks/useAllowed';
import { useText } from '../../shared/hooks/useText';
import { BulkActions } from './BulkActions';
import { OutboxLink } from './OutboxLink';
import { TicketFiltersBar } from './TicketFiltersBar';
import { TicketSearch } from './TicketSearch';
import { FILTERS, type TicketListQuery } from './ticketListQuery';
import type { FromTicket } from '../fromList';
import { TicketTable } from './TicketTable';
import { ViewTabs } from './ViewTabs';
import { PageMain } from '../../shared/components/PageMain';

const REFRESH_MS = 30_000;

const filtersOf = ({ page, pageSize, view = 'open', _q, ...filters }: TicketListQuery): TicketFilters => ({
  ...filters,
  view,
  search: _q,
  page: Number(page ?? 1),
  pageSize: Number(pageSize ?? 20),
});

export function TicketListPage() {
  const text = useText();
  const { canEditTickets } = useAllowed();
  const [{ query }] = useQueryParams<TicketListQuery>();
  const filters = filtersOf(query ?? {});
  const { data, currentData, isFetching, error } = useTicketsQuery(filters, {
    refetchOnMountOrArgChange: true,
    pollingInterval: REFRESH_MS,
  });
  const [selected, setSelected] = React.useState<string[]>([]);
  const [showsKeys, setShowsKeys] = React.useState(false);
  const table = React.useRef<HTMLDivElement>(null);
  const search = React.useRef<HTMLInputElement>(null);
  // What is not on the page any more cannot be changed by accident.
  const chosen = selected.filter((id) => data?.data.some(({ documentId }) => documentId === id));

  useReturnToRow(table, data !== undefined);
  useShortcuts({
    j: () => moveFocus(table.current, 1),
    k: () => moveFocus(table.current, -1),
    x: () => focusedRow(table.current)?.querySelector<HTMLElement>('[role="checkbox"]')?.click(),
    '/': () => search.current?.focus(),
    '?': () => setShowsKeys(true),
  });

  // A failed refresh is no reason to take the list away.
  if (!data) return error ? <Page.Error /> : <Page.Loading />;
  const { pagination } = data.meta;
  const isNarrowed = FILTERS.some((name) => filters[name]);
  return (
    <PageMain aria-busy={isFetching}>
      <Page.Title>{text('inbox.title')}</Page.Title>
      <Layouts.Header
        title={text('inbox.title')}
        subtitle={text('inbox.count', { count: pagination.total })}
        primaryAction={
          <Flex gap={2} wrap="wrap">
            <OutboxLink />
            <LinkButton tag={NavLink} to="contacts" variant="tertiary" size="S">
              {text('people.contacts')}
            </LinkButton>
            {canEditTickets && (
              <LinkButton tag={NavLink} to="new" size="S" startIcon={<Plus />}>
                {text('newTicket.open')}
              </LinkButton>
            )}
            <IconButton label={text('inbox.keys.title')} onClick={() => setShowsKeys(true)}>
              <Question />
            </IconButton>
          </Flex>
        }
      />
      <Layouts.Content>
        <Flex direction="column" alignItems="stretch" gap={4} ref={table}>
          <Flex gap={2} wrap="wrap" justifyContent="space-between">
            <ViewTabs current={filters.view!} />
            <Box width={{ initial: '100%', medium: '32rem' }}>
              <TicketSearch ref={search} />
            </Box>
          </Flex>
          <Flex gap={2} wrap="wrap">
            <TicketFiltersBar />
          </Flex>
          {error && <Notice variant="warning">{text('inbox.notRefreshed')}</Notice>}
          {chosen.length > 0 && <BulkActions ids={chosen} onDone={() => setSelected([])} />}
          {/* Paler as long as it is the list of another view. */}
          <Box style={{ opacity: currentData ? 1 : 0.5 }}>
            {data.data.length === 0 ? (
              <EmptyStateLayout
                icon={<EmptyDocuments width="16rem" />}
                content={text(filters.search ? 'inbox.nothingFound' : isNarrowed ? 'inbox.nothingLeft' : 'inbox.empty')}
              />
            ) : (
              <TicketTable tickets={data.data} selected={chosen} onSelect={setSelected} />
            )}
          </Box>
        </Flex>
        <Pagination.Root pageCount={pagination.pageCount} total={pagination.total} defaultPageSize={20}>
          <Pagination.PageSize options={['20', '50', '100']} />
          <Pagination.Links />
        </Pagination.Root>
      </Layouts.Content>
      {showsKeys && <ShortcutsDialog onClose={() => setShowsKeys(false)} />}
    </PageMain>
  );
}

// The row at hand is the one whose link has the focus: Enter, screen readers and the focus ring follow by themselves.

const linksIn = (table: HTMLElement | null): HTMLElement[] => [...(table?.querySelectorAll<HTMLElement>('[data-ticket-link]') ?? [])];

/** Who comes back from a ticket goes on where they were. */
function useReturnToRow(table: React.RefObject<HTMLElement>, isThere: boolean): void {
  const ticket = (useLocation().state as FromTicket | null)?.ticket;
  React.useEffect(() => {
    if (!isThere) return;
    const row = ticket && linksIn(table.current).find((link) => link.dataset.ticketLink === ticket);
    const main = table.current?.closest('main');
    if (row) row.focus();
    // Who comes from the menu has chosen the page, not its entry in the menu.
    else if (main && !main.contains(document.activeElement)) main.focus({ preventScroll: true });
  }, [table, ticket, isThere]);
}

const focusedRow = (table: HTMLElement | null) =>
  linksIn(table)
    .find((link) => link === document.activeElement)
    ?.closest('tr');

function moveFocus(table: HTMLElement | null, step: 1 | -1): void {
  const links = linksIn(table);
  const at = links.findIndex((link) => link === document.activeElement);
  links[at === -1 ? 0 : Math.min(Math.max(at + step, 0), links.length - 1)]?.focus();
}

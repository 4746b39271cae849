import * as React from 'react';
import { Box, Flex, LinkButton } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { useQueryParams } from '@strapi/strapi/admin';
import { NavLink, useLocation } from 'react-router-dom';
import { styled } from 'styled-components';
import { useTicketsQuery, useTicketSummaryQuery, type TicketFilters } from '../../api/tickets';
import { ShortcutsButton, ShortcutsDialog } from '../ShortcutsDialog';
import { useShortcuts } from '../useShortcuts';
import { ListPage } from '../../shared/components/ListPage';
import { EmptyList } from '../../shared/components/RecordTable';
import { useAllowed } from '../../shared/hooks/useAllowed';
import { useText } from '../../shared/hooks/useText';
import { countText, pagingOf } from '../../shared/utils/paging';
import { MissingInView } from '../views/MissingInView';
import { SaveView } from '../views/SaveView';
import { BulkActions } from './BulkActions';
import { FirstSteps, setsUp } from './FirstSteps';
import { BulkWork } from './BulkWork';
import { OutboxLink } from './OutboxLink';
import { TicketFiltersBar } from './TicketFiltersBar';
import { TicketSearch } from './TicketSearch';
import { FILTERS, type TicketListQuery } from './ticketListQuery';
import type { FromTicket } from '../fromList';
import { TicketTable } from './TicketTable';
import { ViewTabs } from './ViewTabs';

const REFRESH_MS = 30_000;

const filtersOf = ({ page, pageSize, saved: _saved, view = 'open', _q, ...filters }: TicketListQuery): TicketFilters => ({
  ...filters,
  view,
  search: _q,
  ...pagingOf({ page, pageSize }),
});

export function TicketListPage() {
  const text = useText();
  const [{ query }] = useQueryParams<TicketListQuery>();
  const filters = filtersOf(query ?? {});
  const list = useTicketsQuery(filters, { refetchOnMountOrArgChange: true, pollingInterval: REFRESH_MS });
  const [selected, setSelected] = React.useState<string[]>([]);
  const [begun, setBegun] = React.useState<string[]>([]);
  const [showsKeys, setShowsKeys] = React.useState(false);
  const { canAssignTickets } = useAllowed();
  const table = React.useRef<HTMLDivElement>(null);
  const search = React.useRef<HTMLInputElement>(null);
  // Tickets that left the page are no longer chosen, so that nobody changes them by accident.
  const chosen = selected.filter((id) => list.data?.data.some(({ documentId }) => documentId === id));

  useReturnToRow(table, list.data !== undefined);
  useShortcuts({
    j: () => moveFocus(table.current, 1),
    k: () => moveFocus(table.current, -1),
    x: () => focusedRow(table.current)?.querySelector<HTMLElement>('[role="checkbox"]')?.click(),
    '/': () => search.current?.focus(),
    '?': () => setShowsKeys(true),
  });

  // So that a window in the background says what waits.
  const { data: summary } = useTicketSummaryQuery();
  const waiting = summary?.toAnswer ?? 0;
  return (
    <ListPage
      list={list}
      title={text('inbox.title')}
      windowTitle={waiting > 0 ? `(${waiting}) ${text('inbox.title')}` : undefined}
      subtitle={({ meta }) => countText(text, 'inbox.count', meta.pagination)}
      primaryAction={<Actions onShowKeys={() => setShowsKeys(true)} />}
    >
      {({ data: tickets, meta }) => (
        <>
          <Flex direction="column" alignItems="stretch" gap={4} ref={table}>
            <ViewTabs current={filters.view!} search={filters.search} />
            <Flex gap={2} wrap="wrap">
              <TicketSearch ref={search} />
              <TicketFiltersBar />
              <SaveView />
            </Flex>
            <MissingInView />
            {canAssignTickets && (
              <BulkWork begun={begun} onEnd={list.refetch} onBegun={(work) => setBegun((before) => [...before, work])} />
            )}
            {chosen.length > 0 && (
              <BulkActions
                key={JSON.stringify(filters)}
                ids={chosen}
                isOfSpam={filters.spam === 'true'}
                whole={
                  chosen.length === tickets.length && meta.pagination.total > tickets.length
                    ? { filters, count: countText(text, 'inbox.count', meta.pagination) }
                    : null
                }
                onDone={(work) => {
                  setSelected([]);
                  if (work) setBegun([...begun, work]);
                }}
              />
            )}
            {/* Paler while it still shows the list of another view. */}
            <Box style={{ opacity: list.currentData ? 1 : 0.5 }}>
              {tickets.length === 0 ? (
                <NoTickets filters={filters} isEmpty={summary?.views.all === 0} />
              ) : (
                <TicketTable tickets={tickets} selected={chosen} onSelect={setSelected} />
              )}
            </Box>
          </Flex>
          {showsKeys && <ShortcutsDialog onClose={() => setShowsKeys(false)} />}
        </>
      )}
    </ListPage>
  );
}

/** Where there is no ticket at all, who sets up the helpdesk sees what is left to do. */
function NoTickets({ filters, isEmpty }: { filters: TicketFilters; isEmpty: boolean }) {
  const text = useText();
  const allowed = useAllowed();
  if (filters.search) return <EmptyList text={text('inbox.nothingFound')} />;
  if (FILTERS.some((name) => filters[name])) return <EmptyList text={text('inbox.nothingLeft')} />;
  return isEmpty && setsUp(allowed) ? <FirstSteps /> : <EmptyList text={text('inbox.empty')} />;
}

/** In one line on a phone as well. */
const OneLine = styled(Flex)`
  @media (max-width: 520px) {
    gap: 0.4rem;

    & > a {
      padding-inline: 1.1rem;
    }
  }
`;

function Actions({ onShowKeys }: { onShowKeys(): void }) {
  const text = useText();
  const { canEditTickets } = useAllowed();
  return (
    <OneLine gap={2} wrap="wrap">
      <OutboxLink />
      <LinkButton tag={NavLink} to="contacts" variant="tertiary" size="S">
        {text('inbox.people')}
      </LinkButton>
      {canEditTickets && (
        <LinkButton tag={NavLink} to="new" size="S" startIcon={<Plus />}>
          {text('newTicket.open')}
        </LinkButton>
      )}
      <ShortcutsButton onClick={onShowKeys} />
    </OneLine>
  );
}

// The row at hand is the one whose link has the focus: Enter, screen readers and the focus ring follow by themselves.

const linksIn = (table: HTMLElement | null): HTMLElement[] => [...(table?.querySelectorAll<HTMLElement>('[data-ticket-link]') ?? [])];

/** After a ticket, the focus is on its row again, or on the next one when the ticket does not belong to this list any more. */
function useReturnToRow(table: React.RefObject<HTMLElement>, isThere: boolean): void {
  const { ticket, next } = (useLocation().state ?? {}) as Partial<FromTicket>;
  React.useEffect(() => {
    if (!isThere) return;
    const links = linksIn(table.current);
    const rowOf = (id?: string | null) => links.find((link) => link.dataset.ticketLink === id);
    const row = rowOf(ticket) ?? rowOf(next);
    const main = table.current?.closest('main');
    if (row) row.focus();
    // After a click in the menu, the page has the focus and not the menu.
    else if (main && !main.contains(document.activeElement)) main.focus({ preventScroll: true });
  }, [table, ticket, next, isThere]);
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

import {
  Box,
  Button,
  EmptyStateLayout,
  Flex,
  Link as PageLink,
  SingleSelect,
  SingleSelectOption,
  Tbody,
  Td,
  Th,
  Thead,
  Tr,
  Typography,
  VisuallyHidden,
} from '@strapi/design-system';
import { ArrowClockwise, ArrowLeft } from '@strapi/icons';
import { EmptyDocuments } from '@strapi/icons/symbols';
import { Layouts, Page, Pagination, useQueryParams } from '@strapi/strapi/admin';
import { Link, NavLink } from 'react-router-dom';
import { FoldingTable } from '../shared/components/FoldingTable';
import { DELIVERY_STATES, useDeliveriesQuery, useRetryFailedDeliveriesMutation, type OutboxRow } from './api/deliveries';
import { useTicketSummaryQuery } from '../inbox/api/tickets';
import { Notice } from '../shared/components/Notice';
import { WhenCell } from '../shared/components/When';
import { useAllowed } from '../shared/hooks/useAllowed';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useServerText } from '../shared/hooks/useServerText';
import { useText, type TextKey } from '../shared/hooks/useText';
import { DeliveryActions, DeliveryStatus, recipientsOf } from '../shared/helpdesk/DeliveryState';
import { HELPDESK, placeOfTicket } from '../shared/helpdesk/places';
import { PageMain } from '../shared/components/PageMain';

const REFRESH_MS = 15_000;
const COLUMNS: TextKey[] = ['outbox.created', 'outbox.email', 'outbox.state', 'inbox.ticket'];

/** What the address bar holds. */
interface OutboxQuery {
  page?: string;
  pageSize?: string;
  state?: string;
}

/** Every email that the helpdesk sends, and what became of it. */
export function OutboxPage() {
  const text = useText();
  const { canReplyToTickets } = useAllowed();
  const failed = useTicketSummaryQuery().data?.failedDeliveries ?? 0;
  const [{ query = {} }, setQuery] = useQueryParams<OutboxQuery>();
  const filters = { state: query.state, page: Number(query.page ?? 1), pageSize: Number(query.pageSize ?? 20) };
  const { data, isFetching, error } = useDeliveriesQuery(filters, {
    refetchOnMountOrArgChange: true,
    pollingInterval: REFRESH_MS,
  });
  // A failed refresh is no reason to take the list away.
  if (!data) return error ? <Page.Error /> : <Page.Loading />;
  const { pagination } = data.meta;
  return (
    <PageMain aria-busy={isFetching}>
      <Page.Title>{text('outbox.title')}</Page.Title>
      <Layouts.Header
        title={text('outbox.title')}
        subtitle={text('outbox.count', { count: pagination.total })}
        navigationAction={
          <PageLink tag={NavLink} startIcon={<ArrowLeft />} to={HELPDESK} end>
            {text('common.back')}
          </PageLink>
        }
        primaryAction={canReplyToTickets && failed > 0 && <RetryFailed />}
      />
      <Layouts.Content>
        <Flex direction="column" alignItems="stretch" gap={4}>
          {error && <Notice variant="warning">{text('inbox.notRefreshed')}</Notice>}
          <Box maxWidth="24rem">
            <SingleSelect
              size="S"
              aria-label={text('outbox.state')}
              placeholder={text('outbox.state')}
              value={query.state ?? ''}
              onChange={(state: string | number) => setQuery({ state: String(state), page: '1' })}
              onClear={() => setQuery({ state: undefined, page: '1' })}
            >
              {DELIVERY_STATES.map((state) => (
                <SingleSelectOption key={state} value={state}>
                  {text(`inbox.delivery.${state}`)}
                </SingleSelectOption>
              ))}
            </SingleSelect>
          </Box>
          {data.data.length === 0 ? (
            <EmptyStateLayout icon={<EmptyDocuments width="16rem" />} content={text('outbox.empty')} />
          ) : (
            <OutboxTable rows={data.data} />
          )}
        </Flex>
        <Pagination.Root pageCount={pagination.pageCount} total={pagination.total} defaultPageSize={20}>
          <Pagination.PageSize options={['20', '50', '100']} />
          <Pagination.Links />
        </Pagination.Root>
      </Layouts.Content>
    </PageMain>
  );
}

function RetryFailed() {
  const text = useText();
  const { success, failure } = useFeedback();
  const [retryFailed, { isLoading }] = useRetryFailedDeliveriesMutation();
  const run = async () => {
    const answer = await retryFailed();
    if ('error' in answer) return failure(answer.error!);
    success(text('outbox.retried', { count: answer.data.retried }));
  };
  return (
    <Button variant="secondary" size="S" startIcon={<ArrowClockwise />} loading={isLoading} onClick={run}>
      {text('outbox.retryFailed')}
    </Button>
  );
}

function OutboxTable({ rows }: { rows: OutboxRow[] }) {
  const text = useText();
  return (
    <FoldingTable columns={COLUMNS} colCount={COLUMNS.length + 1} rowCount={rows.length + 1}>
      <Thead>
        <Tr>
          {COLUMNS.map((column) => (
            <Th key={column}>
              <Typography variant="sigma" textColor="neutral600">
                {text(column)}
              </Typography>
            </Th>
          ))}
          <Th>
            <VisuallyHidden>{text('common.actions')}</VisuallyHidden>
          </Th>
        </Tr>
      </Thead>
      <Tbody>
        {rows.map((row) => (
          <Row key={row.documentId} row={row} />
        ))}
      </Tbody>
    </FoldingTable>
  );
}

function Row({ row }: { row: OutboxRow }) {
  const text = useText();
  const serverText = useServerText();
  return (
    <Tr>
      <Td>
        <WhenCell at={row.sentAt ?? row.createdAt} />
      </Td>
      <Td>
        <Flex direction="column" alignItems="flex-start" maxWidth={{ initial: '20rem', medium: '30rem', large: '48rem' }}>
          <Typography textColor="neutral800" ellipsis maxWidth="100%">
            {row.subject ? <bdi>{row.subject}</bdi> : text('outbox.notMade')}
          </Typography>
          <Typography variant="pi" textColor="neutral600" ellipsis maxWidth="100%">
            {recipientsOf(row) || '—'}
          </Typography>
        </Flex>
      </Td>
      <Td>
        <Flex direction="column" alignItems="flex-start" gap={1} maxWidth="30rem" paddingTop={2} paddingBottom={2}>
          <DeliveryStatus delivery={row} />
          {row.lastError && (
            <Typography variant="pi" textColor="danger600" style={{ whiteSpace: 'normal', overflowWrap: 'anywhere' }}>
              {serverText(row.lastError)}
            </Typography>
          )}
        </Flex>
      </Td>
      <Td>
        {row.ticket ? (
          <PageLink tag={Link} to={placeOfTicket(row.ticket.documentId)} aria-label={`${row.ticket.ticketNumber} ${row.ticket.title}`}>
            {row.ticket.ticketNumber}
          </PageLink>
        ) : (
          <Typography textColor="neutral600">—</Typography>
        )}
      </Td>
      <Td>
        <Flex gap={2} justifyContent="flex-end" wrap="wrap">
          <DeliveryActions delivery={row} />
        </Flex>
      </Td>
    </Tr>
  );
}

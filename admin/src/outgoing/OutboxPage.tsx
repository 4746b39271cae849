import { DELIVERY_FILTERS } from '../../../shared/vocabulary';
import { Button, Flex, Link as PageLink, Td, Tr, Typography } from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';
import { Link } from 'react-router-dom';
import { useDeliveriesQuery, useRetryFailedDeliveriesMutation, type OutboxRow } from '../api/deliveries';
import { useTicketSummaryQuery } from '../api/tickets';
import { FilterSelect } from '../shared/components/FilterSelect';
import { ListPage } from '../shared/components/ListPage';
import { EmptyList, RecordTable } from '../shared/components/RecordTable';
import { WhenCell } from '../shared/components/When';
import { useAllowed } from '../shared/hooks/useAllowed';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useListQuery } from '../shared/hooks/useListQuery';
import { useServerText } from '../shared/hooks/useServerText';
import { useText, type TextKey } from '../shared/hooks/useText';
import { countText, pagingOf, type PagingQuery } from '../shared/utils/paging';
import { DeliveryActions, DeliveryStatus, recipientsOf, unseenOf } from '../shared/helpdesk/DeliveryState';
import { HELPDESK, placeOfTicket } from '../shared/helpdesk/places';

const REFRESH_MS = 15_000;
const COLUMNS: TextKey[] = ['outbox.created', 'outbox.email', 'outbox.state', 'inbox.ticket'];

/** What the address bar holds. */
interface OutboxQuery extends PagingQuery {
  state?: string;
}

/** Every email that the helpdesk sends, and what became of it. */
export function OutboxPage() {
  const text = useText();
  const { canReplyToTickets } = useAllowed();
  const failed = useTicketSummaryQuery().data?.failedDeliveries ?? 0;
  const [query] = useListQuery<OutboxQuery>();
  const list = useDeliveriesQuery(
    { state: query.state, ...pagingOf(query) },
    { refetchOnMountOrArgChange: true, pollingInterval: REFRESH_MS },
  );
  return (
    <ListPage
      list={list}
      title={text('outbox.title')}
      subtitle={({ meta }) => countText(text, 'outbox.count', meta.pagination)}
      back={HELPDESK}
      primaryAction={canReplyToTickets && failed > 0 && <RetryFailed />}
    >
      {({ data }) => (
        <Flex direction="column" alignItems="stretch" gap={4}>
          <StateFilter />
          <RecordTable columns={COLUMNS} records={data} empty={<EmptyList text={text('outbox.empty')} />}>
            {(row) => <Row key={row.documentId} row={row} />}
          </RecordTable>
        </Flex>
      )}
    </ListPage>
  );
}

function StateFilter() {
  const text = useText();
  const [query, setQuery] = useListQuery<OutboxQuery>();
  return (
    <FilterSelect
      label={text('outbox.state')}
      options={DELIVERY_FILTERS.map((state) => ({ value: state, label: text(`inbox.delivery.${state}`) }))}
      value={query.state}
      onChange={(state) => setQuery({ state, page: '1' })}
      maxWidth="24rem"
    />
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
          {unseenOf(row) && (
            <Typography variant="pi" textColor="neutral600" ellipsis maxWidth="100%">
              {text('inbox.blindCopy', { people: unseenOf(row) })}
            </Typography>
          )}
        </Flex>
      </Td>
      <Td>
        <Flex direction="column" alignItems="flex-start" gap={1} maxWidth="30rem" paddingTop={2} paddingBottom={2}>
          <DeliveryStatus delivery={row} />
          {row.lastError && (
            <Typography variant="pi" textColor="danger600" style={{ whiteSpace: 'normal', overflowWrap: 'anywhere' }}>
              {serverText(row.lastError, row.lastErrorSaid)}
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

import { isFailure } from '../../../shared/vocabulary';
import * as React from 'react';
import { Button, Flex, IconButton, Link, Td, Tr, Typography } from '@strapi/design-system';
import { ArrowClockwise, Eye } from '@strapi/icons';
import { useQueryParams } from '@strapi/strapi/admin';
import { NavLink } from 'react-router-dom';
import { useMessagesQuery, useRetryAllMutation, type Message, type MessageFilters } from '../api/messages';
import { ListPage } from '../shared/components/ListPage';
import { EmptyList, RecordTable } from '../shared/components/RecordTable';
import { OutcomeStatus } from '../shared/components/OutcomeStatus';
import { ListSearch } from '../shared/components/SearchField';
import { WhenCell } from '../shared/components/When';
import { useAllowed } from '../shared/hooks/useAllowed';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useServerText } from '../shared/hooks/useServerText';
import { useText, type TextKey } from '../shared/hooks/useText';
import { countText, pagingOf } from '../shared/utils/paging';
import { LogFilters } from './LogFilters';
import type { LogQuery } from './logQuery';
import { MessageDialog } from './MessageDialog';

const COLUMNS: TextKey[] = ['log.received', 'log.from', 'log.subject', 'log.outcome', 'log.ticket'];

const filtersOf = ({ page, pageSize, _q, ...filters }: LogQuery): MessageFilters => ({
  ...filters,
  search: _q,
  ...pagingOf({ page, pageSize }),
});

/** What became of every message. */
export function ScanLogPage() {
  const text = useText();
  const { canRunScanners } = useAllowed();
  const [{ query }] = useQueryParams<LogQuery>();
  const list = useMessagesQuery(filtersOf(query ?? {}), { refetchOnMountOrArgChange: true });
  const [open, setOpen] = React.useState<string | null>(null);
  return (
    <ListPage
      list={list}
      title={text('settings.scanLog')}
      subtitle={({ meta }) => countText(text, 'log.subtitle', meta.pagination)}
      primaryAction={canRunScanners && <RetryAll scanner={query?.scanner} isOfUntaken={query?.outcome === 'noMatch'} />}
      filters={
        <>
          <ListSearch label={text('log.search')} placeholder={text('log.searchPlaceholder')} />
          <LogFilters />
        </>
      }
    >
      {({ data }) => (
        <>
          <RecordTable columns={COLUMNS} records={data} empty={<EmptyList text={text('log.empty')} />}>
            {(message) => <Row key={message.documentId} message={message} onOpen={() => setOpen(message.documentId)} />}
          </RecordTable>
          {open && <MessageDialog id={open} onClose={() => setOpen(null)} />}
        </>
      )}
    </ListPage>
  );
}

function Row({ message, onOpen }: { message: Message; onOpen(): void }) {
  const text = useText();
  const serverText = useServerText();
  const { canReadTickets } = useAllowed();
  const subject = message.subject || text('common.noSubject');
  return (
    <Tr onClick={onOpen} style={{ cursor: 'pointer' }}>
      <Td>
        <WhenCell at={message.receivedAt ?? message.createdAt} also={message.scanner?.name} />
      </Td>
      <Td>
        <Flex direction="column" alignItems="flex-start" maxWidth={{ initial: '13rem', large: '18rem' }}>
          <Typography textColor="neutral800" ellipsis maxWidth="100%">
            {message.fromName || message.fromAddress || '—'}
          </Typography>
          {message.fromName && (
            <Typography variant="pi" textColor="neutral600" ellipsis maxWidth="100%">
              {message.fromAddress}
            </Typography>
          )}
        </Flex>
      </Td>
      <Td>
        <Flex direction="column" alignItems="flex-start" maxWidth={{ initial: '20rem', large: '30rem' }}>
          <Typography textColor="neutral800" ellipsis maxWidth="100%">
            {subject}
          </Typography>
          {message.reason && (
            <Typography variant="pi" textColor={isFailure(message.outcome) ? 'danger600' : 'neutral600'} ellipsis maxWidth="100%">
              {serverText(message.reason, message.reasonSaid)}
            </Typography>
          )}
        </Flex>
      </Td>
      <Td>
        <OutcomeStatus outcome={message.outcome} />
      </Td>
      <Td onClick={(event: React.MouseEvent) => message.ticket && event.stopPropagation()}>
        {message.ticket && canReadTickets ? (
          <Link tag={NavLink} to={`/plugins/mail-scanner/tickets/${message.ticket.documentId}`}>
            {message.ticket.ticketNumber}
          </Link>
        ) : (
          <Typography textColor="neutral800">{message.ticket?.ticketNumber ?? '—'}</Typography>
        )}
      </Td>
      <Td onClick={(event: React.MouseEvent) => event.stopPropagation()}>
        <IconButton label={text('log.open', { subject })} variant="ghost" onClick={onOpen}>
          <Eye />
        </IconButton>
      </Td>
    </Tr>
  );
}

/** Of failed emails, or, where the list shows these, of those that no rule took. */
function RetryAll({ scanner, isOfUntaken }: { scanner?: string; isOfUntaken: boolean }) {
  const text = useText();
  const { success, failure } = useFeedback();
  const [retryAll, { isLoading }] = useRetryAllMutation();
  const run = async () => {
    const answer = await retryAll(isOfUntaken ? { scanner, outcome: 'noMatch' } : { scanner });
    if ('error' in answer) return failure(answer.error!);
    const { tried, succeeded } = answer.data;
    success(text(isOfUntaken ? 'log.rulesApplied' : 'log.retried', { tried, succeeded }));
  };
  return (
    <Button variant="secondary" size="S" fullWidth startIcon={<ArrowClockwise />} loading={isLoading} onClick={run}>
      {text(isOfUntaken ? 'log.applyRulesToAll' : 'log.retryAll')}
    </Button>
  );
}

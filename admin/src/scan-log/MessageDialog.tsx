import { isFailure, isRepeatable } from '../../../shared/vocabulary';
import * as React from 'react';
import { Box, Button, Flex, Loader, Typography } from '@strapi/design-system';
import { ArrowClockwise, Download, Magic } from '@strapi/icons';
import { useFetchClient } from '@strapi/strapi/admin';
import { useMessageQuery, useRetryMutation, type Message } from '../api/messages';
import { Notice } from '../shared/components/Notice';
import { OutcomeStatus } from '../shared/components/OutcomeStatus';
import { TraceTree } from '../shared/components/TraceTree';
import { When } from '../shared/components/When';
import { ModalDialog } from '../shared/components/ModalDialog';
import { useAllowed } from '../shared/hooks/useAllowed';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useServerText } from '../shared/hooks/useServerText';
import { useText } from '../shared/hooks/useText';
import { useMakeRule } from '../shared/helpdesk/useMakeRule';

/** One row of the scan log with the reasons for what became of it. */
export function MessageDialog({ id, onClose }: { id: string; onClose(): void }) {
  const text = useText();
  const { canRunScanners } = useAllowed();
  const { data: message } = useMessageQuery(id);
  return (
    <ModalDialog
      title={message ? message.subject || text('common.noSubject') : text('log.message')}
      onClose={onClose}
      wayOut="close"
      actions={
        <Flex gap={2} wrap="wrap">
          {message?.hasSource && <DownloadSource message={message} />}
          {message?.scanner && <MakeRule message={message.documentId} />}
          {canRunScanners && message && isRepeatable(message.outcome) && <Retry message={message} />}
        </Flex>
      }
    >
      {message ? <Details message={message} /> : <Loader>{text('common.loading')}</Loader>}
    </ModalDialog>
  );
}

function Details({ message }: { message: Message }) {
  const text = useText();
  const serverText = useServerText();
  return (
    <Flex direction="column" alignItems="stretch" gap={5}>
      <Flex gap={4} wrap="wrap">
        <OutcomeStatus outcome={message.outcome} />
        {message.ticket && <Typography fontWeight="bold">{message.ticket.ticketNumber}</Typography>}
        {message.attempts > 1 && <Typography>{text('log.attempts', { count: message.attempts })}</Typography>}
      </Flex>
      {message.reason && (
        <Notice variant={isFailure(message.outcome) ? 'danger' : 'info'}>{serverText(message.reason, message.reasonSaid)}</Notice>
      )}
      {message.effectsOpen && <Notice variant="warning">{text('log.effectsOpen')}</Notice>}
      <Facts>
        <Fact name={text('log.from')}>
          {[message.fromName, message.fromAddress && `<${message.fromAddress}>`].filter(Boolean).join(' ')}
        </Fact>
        <Fact name={text('log.received')}>
          <When at={message.receivedAt ?? message.createdAt} />
        </Fact>
        <Fact name={text('log.scanner')}>{`${message.scanner?.name ?? '—'} · ${message.folder}`}</Fact>
        <Fact name={text('log.rule')}>{message.rule?.name ?? '—'}</Fact>
        {message.retryAt && (
          <Fact name={text('log.nextAttempt')}>
            <When at={message.retryAt} />
          </Fact>
        )}
        <Fact name="Message-ID">{message.messageId ?? '—'}</Fact>
      </Facts>
      <Box>
        <Typography variant="sigma" textColor="neutral600" tag="h3">
          {text('trace.title')}
        </Typography>
        <Box paddingTop={2}>
          <TraceTree trace={message.trace ?? []} />
        </Box>
      </Box>
    </Flex>
  );
}

const Facts = ({ children }: { children: React.ReactNode }) => (
  <Box tag="dl" style={{ display: 'grid', gridTemplateColumns: 'max-content minmax(0, 1fr)', columnGap: '1.6rem', rowGap: '0.4rem' }}>
    {children}
  </Box>
);

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <Typography tag="dt" textColor="neutral600">
        {name}
      </Typography>
      <Typography tag="dd" style={{ overflowWrap: 'anywhere' }}>
        {children}
      </Typography>
    </>
  );
}

/** The source as it was received. Saved as a file and never opened: it is a stranger's code. */
function DownloadSource({ message }: { message: Message }) {
  const text = useText();
  const { get } = useFetchClient();
  const { failure } = useFeedback();
  const download = async () => {
    try {
      const { data } = await get<Blob>(`/mail-scanner/messages/${message.documentId}/raw`, { responseType: 'blob' });
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([data], { type: 'application/octet-stream' }));
      link.download = `message-${message.documentId}.eml`;
      link.click();
      URL.revokeObjectURL(link.href);
    } catch (error) {
      failure(error);
    }
  };
  return (
    <Button variant="secondary" startIcon={<Download />} onClick={download}>
      {text('log.source')}
    </Button>
  );
}

function MakeRule({ message }: { message: string }) {
  const text = useText();
  const { makeRule, isFetching } = useMakeRule();
  if (!makeRule) return null;
  return (
    <Button type="button" variant="secondary" startIcon={<Magic />} loading={isFetching} onClick={() => makeRule({ message })}>
      {text('rules.makeFrom')}
    </Button>
  );
}

function Retry({ message }: { message: Message }) {
  const text = useText();
  const { success, failure } = useFeedback();
  const [retry, { isLoading }] = useRetryMutation();
  const run = async () => {
    const answer = await retry(message.documentId);
    if ('error' in answer) return failure(answer.error!);
    const { tried, succeeded } = answer.data;
    success(text(isFailure(message.outcome) ? 'log.retried' : 'log.rulesApplied', { tried, succeeded }));
  };
  return (
    <Button startIcon={<ArrowClockwise />} loading={isLoading} onClick={run}>
      {text(isFailure(message.outcome) ? 'log.retry' : 'log.applyRules')}
    </Button>
  );
}

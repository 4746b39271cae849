import { Flex, Grid, Link, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { NavLink } from 'react-router-dom';
import type { SiteHealth } from '../api/operations';
import { Notice } from '../shared/components/Notice';
import { Panel } from '../shared/components/Panel';
import { useAllowed } from '../shared/hooks/useAllowed';
import { useText } from '../shared/hooks/useText';

/** What waits and what failed: answers on their way out, and emails on their way in. */
export function NumbersPanel({ health: { outbox, messages } }: { health: SiteHealth }) {
  const text = useText();
  const { canReadScanLog } = useAllowed();
  const { formatDate } = useIntl();
  const oldest = outbox.oldest && text('health.oldest', { since: formatDate(outbox.oldest, { dateStyle: 'medium', timeStyle: 'short' }) });
  return (
    <>
      <Panel title={text('health.outgoing')}>
        {!outbox.isSetUp && <Notice variant="warning">{text('health.notSetUp')}</Notice>}
        <Grid.Root gap={5}>
          <Count label={text('health.waiting')} count={outbox.waiting} also={oldest} />
          <Count label={text('inbox.failedDeliveries')} count={outbox.failed} isAlarm />
          <Count label={text('health.failedLastDay')} count={outbox.failedLastDay} isAlarm />
        </Grid.Root>
      </Panel>
      <Panel title={text('health.unhandled')} hint={text('health.unhandledHint')}>
        <Grid.Root gap={5}>
          <Count label={text('outcome.failed')} count={messages.failed} isAlarm />
          <Count label={text('outcome.quarantined')} count={messages.quarantined} isAlarm />
        </Grid.Root>
        {canReadScanLog && (
          <Link tag={NavLink} to="../scan-log">
            {text('run.openLog')}
          </Link>
        )}
      </Panel>
    </>
  );
}

/** `isAlarm`: more than none is a reason to look. */
function Count({ label, count, also, isAlarm }: { label: string; count: number; also?: string | null; isAlarm?: boolean }) {
  return (
    <Grid.Item col={4} xs={12} direction="column" alignItems="stretch">
      <Flex direction="column" alignItems="flex-start" gap={1}>
        <Typography variant="alpha" textColor={isAlarm && count > 0 ? 'danger600' : 'neutral800'}>
          {count}
        </Typography>
        <Typography textColor="neutral600">{label}</Typography>
        {also && (
          <Typography variant="pi" textColor="neutral600">
            {also}
          </Typography>
        )}
      </Flex>
    </Grid.Item>
  );
}

import { LinkButton } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';
import { Link } from 'react-router-dom';
import { useTicketSummaryQuery } from '../../api/tickets';
import { useText } from '../../shared/hooks/useText';

/** The way to the outbox; when emails could not be sent, to those. */
export function OutboxLink() {
  const text = useText();
  const { data } = useTicketSummaryQuery();
  const failed = data?.failedDeliveries ?? 0;
  if (failed === 0) {
    return (
      <LinkButton tag={Link} to="outbox" size="S" variant="tertiary">
        {text('outbox.title')}
      </LinkButton>
    );
  }
  return (
    <LinkButton tag={Link} to="outbox?state=failed" size="S" variant="danger-light" startIcon={<WarningCircle />}>
      {text('outbox.failed', { count: failed })}
    </LinkButton>
  );
}

import { STATUS, type Priority, type TicketStatus } from '../../../../shared/vocabulary';
import { Badge, Status, Typography } from '@strapi/design-system';
import { useTextOr, useText } from '../hooks/useText';

const STATUS_VARIANTS: Record<TicketStatus, 'primary' | 'secondary' | 'warning' | 'success'> = {
  [STATUS.open]: 'primary',
  [STATUS.inProgress]: 'warning',
  [STATUS.waiting]: 'secondary',
  [STATUS.closed]: 'success',
};

export function TicketStatusBadge({ status }: { status: TicketStatus }) {
  const textOr = useTextOr();
  return (
    <Status variant={STATUS_VARIANTS[status] ?? 'secondary'} size="S" width="max-content">
      <Typography tag="span" variant="omega" fontWeight="bold">
        {textOr(`inbox.status.${status}`, status)}
      </Typography>
    </Status>
  );
}

const PRIORITY_VARIANTS: Partial<Record<Priority, 'danger' | 'warning' | 'neutral'>> = {
  Urgent: 'danger',
  High: 'warning',
  Low: 'neutral',
};

/** Only what differs from the usual is worth a badge. */
export function PriorityBadge({ priority }: { priority: Priority }) {
  const text = useText();
  const variant = PRIORITY_VARIANTS[priority];
  return variant ? <Badge variant={variant}>{text(`inbox.priority.${priority}`)}</Badge> : null;
}

import { STATUS, type Priority, type TicketStatus } from '../../../../shared/vocabulary';
import { Status } from '@strapi/design-system';
import { useTextOr, useText } from '../hooks/useText';
import { StatusWord } from '../components/StatusWord';
import { Chip, type Shade } from './Chip';
import { TagChip } from './TagChips';
import type { WithStatus } from './useStatuses';

const STATUS_VARIANTS: Record<TicketStatus, 'primary' | 'secondary' | 'warning' | 'success'> = {
  [STATUS.open]: 'primary',
  [STATUS.inProgress]: 'warning',
  [STATUS.waiting]: 'secondary',
  [STATUS.closed]: 'success',
};

/** A status of the site's own shows in its own colour. */
export function TicketStatusBadge({ ticket: { ticketStatus: status, helpdeskStatus } }: { ticket: WithStatus }) {
  const textOr = useTextOr();
  if (helpdeskStatus) return <TagChip {...helpdeskStatus} />;
  const variant = STATUS_VARIANTS[status] ?? 'secondary';
  return (
    <Status variant={variant} size="S" width="max-content">
      <StatusWord variant={variant}>{textOr(`inbox.status.${status}`, status)}</StatusWord>
    </Status>
  );
}

const PRIORITY_SHADES: Partial<Record<Priority, Shade>> = { Urgent: 'danger', High: 'warning', Low: 'neutral' };

/** Only what differs from the usual is worth a badge. */
export function PriorityBadge({ priority }: { priority: Priority }) {
  const text = useText();
  const shade = PRIORITY_SHADES[priority];
  return shade ? <Chip shade={shade}>{text(`inbox.priority.${priority}`)}</Chip> : null;
}

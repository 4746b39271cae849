import { Flex, Typography } from '@strapi/design-system';
import { Clock, WarningCircle } from '@strapi/icons';
import { WhenBrief } from '../shared/components/When';
import { useText } from '../shared/hooks/useText';
import type { TicketRow } from '../api/tickets';

/** What of a ticket is due next, and whether it is too late: in words and with a sign, because many people cannot tell the colours apart. */
export function DueMark({ ticket: { dueAt, dueFor } }: { ticket: Pick<TicketRow, 'dueAt' | 'dueFor'> }) {
  const text = useText();
  if (!dueAt || !dueFor) return null;
  const isLate = isPast(dueAt);
  const colour = isLate ? 'danger700' : 'neutral600';
  const Sign = isLate ? WarningCircle : Clock;
  return (
    <Flex gap={1}>
      <Sign aria-hidden width="1.2rem" height="1.2rem" fill={colour} />
      <Typography variant="pi" fontWeight={isLate ? 'bold' : 'regular'} textColor={colour}>
        {text(isLate ? `due.${dueFor}Late` : `due.${dueFor}`)}{' '}
        <WhenBrief tag="span" variant="pi" fontWeight={isLate ? 'bold' : 'regular'} textColor={colour} at={dueAt} />
      </Typography>
    </Flex>
  );
}

const isPast = (moment: string): boolean => Date.parse(moment) <= Date.now();

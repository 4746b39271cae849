import { Flex, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import { useText } from '../../shared/hooks/useText';
import { useDuration } from '../../shared/hooks/useDuration';
import type { Ticket } from '../../api/tickets';
import { DueMark } from '../DueMark';

/** What is due, and how long the customer waited since the ticket was opened last. */
export function Rounds({ ticket }: { ticket: Ticket }) {
  const text = useText();
  const duration = useDuration();
  const last = ticket.rounds.at(-1);
  const told = [
    ['levels.firstResponseTook', last?.firstResponseSeconds],
    ['levels.resolutionTook', last?.resolutionSeconds],
  ] as const;
  return (
    <Lines direction="column" alignItems="flex-start" gap={1}>
      <DueMark ticket={ticket} />
      {told.map(
        ([key, seconds]) =>
          typeof seconds === 'number' && (
            <Typography key={key} variant="pi" textColor="neutral700">
              {text(key, { time: duration(seconds) })}
            </Typography>
          ),
      )}
    </Lines>
  );
}

/** Without anything to tell it leaves no gap. */
const Lines = styled(Flex)`
  &:empty {
    display: none;
  }
`;

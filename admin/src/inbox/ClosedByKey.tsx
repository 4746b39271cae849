import { STATUS } from '../../../shared/vocabulary';
import type { TicketStatus } from '../../../shared/vocabulary';
import * as React from 'react';
import { Button, Flex, IconButton, Typography } from '@strapi/design-system';
import { ArrowsCounterClockwise, Cross } from '@strapi/icons';
import { styled } from 'styled-components';
import { useUpdateTicketMutation, type Ticket } from './api/tickets';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useText } from '../shared/hooks/useText';

/** The message stays for this time, on every page of the helpdesk. */
const SHOWN_MS = 15_000;

interface Closed {
  id: string;
  number: string;
  before: TicketStatus;
}

const Context = React.createContext<(ticket: Ticket) => void>(() => {});

/** Closes a ticket and shows a message with a button that opens it again, because a key is easily pressed by mistake. */
export const useCloseByKey = (): ((ticket: Ticket) => void) => React.useContext(Context);

/** Around the pages of the helpdesk. */
export function ClosedByKey({ children }: { children: React.ReactNode }) {
  const text = useText();
  const { success, failure } = useFeedback();
  const [update, { isLoading }] = useUpdateTicketMutation();
  const [closed, setClosed] = React.useState<Closed | null>(null);

  React.useEffect(() => {
    if (!closed) return;
    const timer = setTimeout(() => setClosed(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [closed]);

  const close = React.useCallback(
    async ({ documentId: id, ticketNumber: number, ticketStatus: before }: Ticket) => {
      const answer = await update({ id, data: { ticketStatus: STATUS.closed } });
      if ('error' in answer) return failure(answer.error!);
      setClosed({ id, number, before });
    },
    [update, failure],
  );
  const undo = async ({ id, number, before }: Closed) => {
    const answer = await update({ id, data: { ticketStatus: before } });
    if ('error' in answer) return failure(answer.error!);
    setClosed(null);
    success(text('inbox.reopened', { number }));
  };
  return (
    <Context.Provider value={close}>
      {children}
      <Place role="status">
        {closed && (
          <Flex gap={3} padding={3} background="neutral800" hasRadius shadow="popupShadow">
            <Typography textColor="neutral0">{text('inbox.closedByKey', { number: closed.number })}</Typography>
            <Button size="S" variant="secondary" startIcon={<ArrowsCounterClockwise />} loading={isLoading} onClick={() => undo(closed)}>
              {text('compose.undo')}
            </Button>
            <IconButton variant="secondary" size="S" label={text('common.close')} onClick={() => setClosed(null)}>
              <Cross />
            </IconButton>
          </Flex>
        )}
      </Place>
    </Context.Provider>
  );
}

/** Visible at every scroll position. */
const Place = styled.div`
  position: fixed;
  inset-block-end: 2.4rem;
  inset-inline: 1.6rem;
  z-index: 5;
  display: flex;
  justify-content: center;
  pointer-events: none;

  > * {
    pointer-events: auto;
  }
`;

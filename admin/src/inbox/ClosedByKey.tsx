import { STATUS } from '../../../shared/vocabulary';
import type { TicketStatus } from '../../../shared/vocabulary';
import * as React from 'react';
import { useUpdateTicketMutation, type Ticket } from '../api/tickets';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useText } from '../shared/hooks/useText';
import { FootNotice, useGoneAfter } from './FootNotice';

/** The message stays for this time, on every page of the helpdesk. */
const SHOWN_MS = 15_000;

interface Closed {
  id: string;
  number: string;
  before: { ticketStatus: TicketStatus; helpdeskStatus: string | null };
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

  useGoneAfter(closed, SHOWN_MS, () => setClosed(null));

  const close = React.useCallback(
    async ({ documentId: id, ticketNumber: number, ticketStatus, helpdeskStatus }: Ticket) => {
      const answer = await update({ id, data: { ticketStatus: STATUS.closed } });
      if ('error' in answer) return failure(answer.error!);
      setClosed({ id, number, before: { ticketStatus, helpdeskStatus: helpdeskStatus?.documentId ?? null } });
    },
    [update, failure],
  );
  const undo = async ({ id, number, before }: Closed) => {
    const answer = await update({ id, data: before });
    if ('error' in answer) return failure(answer.error!);
    setClosed(null);
    success(text('inbox.reopened', { number }));
  };
  return (
    <Context.Provider value={close}>
      {children}
      <FootNotice
        message={closed && text('inbox.closedByKey', { number: closed.number })}
        isLoading={isLoading}
        onUndo={() => void undo(closed!)}
        onClose={() => setClosed(null)}
      />
    </Context.Provider>
  );
}

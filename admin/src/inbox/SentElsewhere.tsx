import * as React from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import type { Comment, Ticket } from '../api/tickets';
import { placeOfTicket } from '../shared/helpdesk/places';
import { useText } from '../shared/hooks/useText';
import { FootNotice, useGoneAfter } from './FootNotice';

interface Sent {
  ticket: string;
  number: string;
  comment: string;
  seconds: number;
}

/** What the page of a ticket gets on the way back to an answer that is to be taken back: its documentId. */
export interface ToUndo {
  undo?: string;
}

const Context = React.createContext<(ticket: Ticket, comment: Comment | null) => void>(() => {});

/** Tells of an answer whose ticket one has left, as long as it can be taken back; null: it was. */
export const useTellSent = () => React.useContext(Context);

/** Around the pages of the helpdesk. The ticket itself says so, too: there is one notice. */
export function SentElsewhere({ children }: { children: React.ReactNode }) {
  const text = useText();
  const navigate = useNavigate();
  const { pathname, state } = useLocation();
  const [sent, setSent] = React.useState<Sent | null>(null);
  useGoneAfter(sent, (sent?.seconds ?? 0) * 1000, () => setSent(null));
  const tell = React.useCallback(({ documentId: ticket, ticketNumber: number }: Ticket, comment: Comment | null) => {
    const seconds = comment?.delivery?.undoSeconds ?? 0;
    setSent(comment && seconds > 0 ? { ticket, number, comment: comment.documentId, seconds } : null);
  }, []);
  const isHere = sent !== null && pathname.endsWith(sent.ticket);
  const goBack = ({ ticket, comment }: Sent) => {
    setSent(null);
    navigate(placeOfTicket(ticket), { state: { ...(state as object | null), undo: comment } satisfies ToUndo });
  };
  return (
    <Context.Provider value={tell}>
      {children}
      <FootNotice
        message={sent && !isHere ? text('compose.sentElsewhere', { number: sent.number }) : null}
        onUndo={() => goBack(sent!)}
        onClose={() => setSent(null)}
      />
    </Context.Provider>
  );
}

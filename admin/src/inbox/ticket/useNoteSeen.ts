import * as React from 'react';
import { useSeenMutation, type Ticket } from '../api/tickets';

/** The list does not call a ticket new to this person any more, once its newest message is in a window that they can see. */
export function useNoteSeen(ticket: Pick<Ticket, 'documentId' | 'comments' | 'isUnseen'> | undefined): void {
  const [noteSeen] = useSeenMutation();
  const isVisible = React.useSyncExternalStore(onVisibility, () => document.visibilityState === 'visible');
  const id = ticket?.documentId;
  const comment = ticket?.isUnseen ? ticket.comments.at(-1)?.documentId : undefined;
  React.useEffect(() => {
    // A failure leaves the ticket new, as it was.
    if (isVisible && id && comment) void noteSeen({ ticket: id, comment });
  }, [noteSeen, isVisible, id, comment]);
}

function onVisibility(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener);
  return () => document.removeEventListener('visibilitychange', listener);
}

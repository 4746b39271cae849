import * as React from 'react';
import { useSeenMutation, type Ticket } from '../../api/tickets';
import { useIsVisible } from '../../shared/hooks/useIsVisible';

/**
 * The list does not call a ticket new to this person any more, once its newest message is in a window that they can see. A component of its
 * own, which shows nothing: what it asks the server renders itself again and not the page, whose editor may not be mounted yet.
 */
export function NoteSeen({ ticket }: { ticket: Pick<Ticket, 'documentId' | 'comments' | 'isUnseen'> }) {
  const [noteSeen] = useSeenMutation();
  const isVisible = useIsVisible();
  const id = ticket.documentId;
  const comment = ticket.isUnseen ? ticket.comments.at(-1)?.documentId : undefined;
  React.useEffect(() => {
    // A failure leaves the ticket new, as it was.
    if (isVisible && comment) void noteSeen({ ticket: id, comment });
  }, [noteSeen, isVisible, id, comment]);
  return null;
}

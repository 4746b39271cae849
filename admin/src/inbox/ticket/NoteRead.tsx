import * as React from 'react';
import { useReadNoticesMutation } from '../../api/notices';
import type { Ticket } from '../../api/tickets';
import { useIsVisible } from '../../shared/hooks/useIsVisible';

/** Who has the ticket before them has read what they were told of it. Shows nothing, as NoteSeen. */
export function NoteRead({ ticket }: { ticket: Ticket }) {
  const [read] = useReadNoticesMutation();
  const isVisible = useIsVisible();
  const { documentId, unreadNotices } = ticket;
  React.useEffect(() => {
    // A failure leaves them unread.
    if (isVisible && unreadNotices > 0) void read({ ticket: documentId });
    // Each time that the ticket changes, not once for a number: another notice may have come.
  }, [read, isVisible, documentId, unreadNotices, ticket]);
  return null;
}

import * as React from 'react';
import { useLazyEarlierCommentsQuery, type Comment, type Ticket } from '../../api/tickets';
import { useFeedback } from '../../shared/hooks/useFeedback';

/** The newest comments of a ticket come with it; those before them are fetched a page at a time. */
export function useEarlierComments(ticket: Ticket) {
  const { failure } = useFeedback();
  const [fetchEarlier, { isFetching }] = useLazyEarlierCommentsQuery();
  const [shown, setShown] = React.useState<Comment[]>(ticket.comments);
  // The newest page moves on as messages arrive: what came before it stays on the screen.
  const [page, setPage] = React.useState(ticket.comments);
  if (page !== ticket.comments) {
    setPage(ticket.comments);
    setShown([...before(shown, ticket.comments[0]), ...ticket.comments]);
  }
  const earlier = ticket.earlierComments - (shown.length - ticket.comments.length);

  const loadEarlier = async () => {
    const { data, error } = await fetchEarlier({ ticket: ticket.documentId, before: shown[0].documentId });
    if (error) return failure(error);
    setShown((now) => [...(data ?? []), ...now]);
  };

  return { comments: shown, earlier: Math.max(0, earlier), loadEarlier, isLoading: isFetching };
}

/** The comments before this one. Empty when the list does not hold this one, because comments between may be missing. */
function before(comments: Comment[], first: Comment | undefined): Comment[] {
  const index = comments.findIndex(({ documentId }) => documentId === first?.documentId);
  return index === -1 ? [] : comments.slice(0, index);
}

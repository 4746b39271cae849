import * as React from 'react';
import { useTicketQuery, type Comment, type Ticket } from '../../api/tickets';
import { UndoBar } from './UndoBar';

/** After this time the email has left, or has failed. */
const LEFT_AFTER_MS = 2_000;

interface AnswerOnItsWayProps {
  ticket: Ticket;
  comment: Comment;
  isLoading: boolean;
  onUndo(comment: Comment): void;
  onNext?(): void;
}

/** The bar of an answer that can be taken back. After that the ticket is read again, to show the result of the email. */
export function AnswerOnItsWay({ ticket, comment, isLoading, onUndo, onNext }: AnswerOnItsWayProps) {
  const { refetch } = useTicketQuery(ticket.documentId);
  const [isOver, setIsOver] = React.useState(false);
  React.useEffect(() => {
    const timer = isOver ? setTimeout(refetch, LEFT_AFTER_MS) : undefined;
    return () => clearTimeout(timer);
  }, [isOver, refetch]);
  if (isOver) return null;
  return (
    <UndoBar
      seconds={comment.delivery!.undoSeconds}
      isLoading={isLoading}
      onUndo={() => onUndo(comment)}
      onOver={() => setIsOver(true)}
      onNext={onNext}
    />
  );
}

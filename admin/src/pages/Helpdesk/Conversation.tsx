import * as React from 'react';
import { Flex, Typography } from '@strapi/design-system';
import type { Comment, Ticket } from '../../api/tickets';
import { useAllowed } from '../../utils/useAllowed';
import { useText } from '../../utils/useText';
import { MessageCard, PlainText } from './MessageCard';
import { SplitDialog } from './ticket/SplitDialog';

/** As many of the newest comments are open at first: a long history is read from its end. */
const OPEN_AT_FIRST = 5;

/** The messages of a ticket, oldest first. */
export function Conversation({ ticket }: { ticket: Ticket }) {
  const text = useText();
  const { canMergeTickets } = useAllowed();
  const [split, setSplit] = React.useState<Comment | null>(null);
  const { comments, description } = ticket;
  const onSplit = canMergeTickets && comments.length > 1 ? setSplit : undefined;
  return (
    <Flex tag="section" aria-label={text('inbox.conversation')} direction="column" alignItems="stretch" gap={4}>
      {comments.length === 0 &&
        (description ? <PlainText>{description}</PlainText> : <Typography textColor="neutral600">{text('inbox.noComments')}</Typography>)}
      {comments.map((comment, index) => (
        <MessageCard
          key={comment.documentId}
          comment={comment}
          initiallyOpen={index === 0 || index >= comments.length - OPEN_AT_FIRST}
          onSplit={onSplit}
        />
      ))}
      {split && <SplitDialog ticket={ticket} comment={split} onClose={() => setSplit(null)} />}
    </Flex>
  );
}

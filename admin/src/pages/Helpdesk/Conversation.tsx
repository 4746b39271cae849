import { Flex, Typography } from '@strapi/design-system';
import type { Ticket } from '../../api/tickets';
import { useText } from '../../utils/useText';
import { MessageCard, PlainText } from './MessageCard';

/** As many of the newest comments are open at first: a long history is read from its end. */
const OPEN_AT_FIRST = 5;

/** The messages of a ticket, oldest first. */
export function Conversation({ ticket }: { ticket: Ticket }) {
  const text = useText();
  const { comments, description } = ticket;
  return (
    <Flex tag="section" aria-label={text('inbox.conversation')} direction="column" alignItems="stretch" gap={4}>
      {comments.length === 0 && (description ? <PlainText>{description}</PlainText> : <Typography textColor="neutral600">{text('inbox.noComments')}</Typography>)}
      {comments.map((comment, index) => (
        <MessageCard key={comment.documentId} comment={comment} initiallyOpen={index === 0 || index >= comments.length - OPEN_AT_FIRST} />
      ))}
    </Flex>
  );
}

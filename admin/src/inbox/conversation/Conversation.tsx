import * as React from 'react';
import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { ChevronDown, ChevronUp } from '@strapi/icons';
import type { Comment, Ticket } from '../../api/tickets';
import { useAllowed } from '../../shared/hooks/useAllowed';
import { useText } from '../../shared/hooks/useText';
import { useAuth } from '@strapi/strapi/admin';
import { kindOf, MessageCard, PlainText } from './MessageCard';
import { SplitDialog } from '../ticket/SplitDialog';
import { useEarlierComments } from './useEarlierComments';
import { useWantedMessage } from './useWantedMessage';

/** As many of the newest comments are open at first, and after the first one the others are put away: a long history is read from its end. */
const OPEN_AT_FIRST = 5;

interface ConversationProps {
  ticket: Ticket;
  /** Takes an answer for later back into the composer. */
  onTakeBack?(comment: Comment): void;
  /** Begins to forward a message in the composer, or to answer people outside. */
  onForward?(comment: Comment, isAnswer?: boolean): void;
  /** Begins to show the customer what people outside wrote. */
  onShow?(comment: Comment): void;
}

/** The messages of a ticket, oldest first. */
export function Conversation({ ticket, onTakeBack, onForward, onShow }: ConversationProps) {
  const text = useText();
  const { canMergeTickets } = useAllowed();
  const [split, setSplit] = React.useState<Comment | null>(null);
  const { description } = ticket;
  const { earlier, comments, loadEarlier, isLoading } = useEarlierComments(ticket);
  const { wanted, target } = useWantedMessage({ comments, earlier, loadEarlier, isLoading });
  // Counted once: what is on the screen does not go when another message arrives. The first message is worth seeing, where it is there.
  const [putAway, setPutAway] = React.useState(() => {
    const from = ticket.earlierComments > 0 ? 0 : 1;
    if (wanted) return { from, to: from };
    return { from, to: Math.max(from, ticket.comments.length - OPEN_AT_FIRST) };
  });
  const hidden = putAway.to - putAway.from;
  const newest = React.useRef<HTMLElement>(null);
  React.useEffect(() => {
    if (!wanted) showNewest(newest.current);
  }, [wanted]);
  const me = useAuth('MailScannerConversation', ({ user }) => String(user?.id));
  const isPutAway = (index: number) => hidden > 1 && index >= putAway.from && index < putAway.to;
  const onSplit = canMergeTickets && comments.length > 1 ? setSplit : undefined;
  return (
    <Flex tag="section" aria-label={text('inbox.conversation')} direction="column" alignItems="stretch" gap={4}>
      {comments.length === 0 &&
        (description ? <PlainText>{description}</PlainText> : <Typography textColor="neutral600">{text('inbox.noComments')}</Typography>)}
      {earlier > 0 && hidden <= 1 && (
        <Box>
          <Button variant="tertiary" size="S" startIcon={<ChevronUp />} loading={isLoading} onClick={loadEarlier}>
            {text('inbox.earlier', { count: earlier })}
          </Button>
        </Box>
      )}
      {comments.map((comment, index) =>
        isPutAway(index) ? (
          index === putAway.from && (
            <Box key="earlier">
              <Button variant="tertiary" size="S" startIcon={<ChevronDown />} onClick={() => setPutAway({ from: 0, to: 0 })}>
                {text('inbox.earlier', { count: hidden + earlier })}
              </Button>
            </Box>
          )
        ) : (
          <MessageCard
            key={comment.documentId}
            ref={comment.documentId === wanted ? target : index === comments.length - 1 ? newest : undefined}
            comment={comment}
            initiallyOpen={comment.documentId === wanted || (index === 0 && earlier === 0) || index >= comments.length - OPEN_AT_FIRST}
            onSplit={comment.delivery?.state === 'scheduled' ? undefined : onSplit}
            onForward={comment.delivery?.state === 'scheduled' ? undefined : onForward}
            onShow={onShow}
            onTakeBack={String(comment.user?.id) === me ? onTakeBack : undefined}
            hasNews={comments.slice(index + 1).some((later) => kindOf(later) === 'customer' && !later.isAutomatic)}
          />
        ),
      )}
      {split && <SplitDialog ticket={ticket} comment={split} onClose={() => setSplit(null)} />}
    </Flex>
  );
}

/** When a ticket opens, the newest message is on the screen and has the focus. */
function showNewest(message: HTMLElement | null): void {
  if (!message || document.activeElement !== document.body) return;
  message.focus({ preventScroll: true });
  const { top, bottom } = message.getBoundingClientRect();
  if (top < 0 || bottom > window.innerHeight) message.scrollIntoView({ block: 'start' });
}

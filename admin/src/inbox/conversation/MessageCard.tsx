import * as React from 'react';
import { Box, Button, Flex, TextButton, Typography } from '@strapi/design-system';
import { ChevronDown, ChevronRight, Lock, SealCheck } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { Comment } from '../../api/tickets';
import { nameOfAgent } from '../../shared/helpdesk/names';
import { Notice } from '../../shared/components/Notice';
import { When } from '../../shared/components/When';
import { useText, useTextOr, type TextKey } from '../../shared/hooks/useText';
import { AttachmentList } from './AttachmentList';
import { DeliveryState } from '../../shared/helpdesk/DeliveryState';
import { MailHtml } from './MailHtml';
import { MessageMenu } from './MessageMenu';

type Kind = 'customer' | 'colleague' | 'staff' | 'internal' | 'forward' | 'outside';

/** Many people cannot tell the colours apart, so each kind has a label, too. In the dark theme the grounds are the same: the border tells. */
export const LOOKS: Record<Kind, { label: TextKey; background: string; border: string }> = {
  customer: { label: 'inbox.kind.customer', background: 'neutral0', border: 'neutral200' },
  colleague: { label: 'inbox.kind.colleague', background: 'neutral100', border: 'primary500' },
  staff: { label: 'inbox.kind.staff', background: 'primary100', border: 'primary500' },
  internal: { label: 'inbox.kind.internal', background: 'warning100', border: 'warning500' },
  // Beside the customer's conversation: what was sent to people outside, and what they sent back.
  forward: { label: 'inbox.kind.forward', background: 'secondary100', border: 'secondary500' },
  outside: { label: 'inbox.kind.outside', background: 'secondary100', border: 'secondary500' },
};

export function kindOf({ isPublic, isByColleague, user, contact, source, isOutgoing, forward }: Comment): Kind {
  if (forward && !isPublic) return user || isOutgoing ? 'forward' : 'outside';
  if (!isPublic) return 'internal';
  if (user || isOutgoing || (source !== 'email' && !contact)) return 'staff';
  return isByColleague ? 'colleague' : 'customer';
}

/** Who wrote it, as far as somebody knows. */
export const authorOf = ({ authorName, user, authorAddress }: Comment): string | null =>
  authorName || (user && nameOfAgent(user)) || authorAddress;

/** This much later an email may come in than it was written and nobody wonders. */
const USUAL_DELAY_MS = 3_600_000;

const arrivedLater = ({ writtenAt, createdAt }: Comment): boolean =>
  writtenAt !== null && Date.parse(createdAt) - Date.parse(writtenAt) > USUAL_DELAY_MS;

interface MessageCardProps {
  comment: Comment;
  initiallyOpen: boolean;
  onSplit?(comment: Comment): void;
  /** Sends it to people outside, or answers what they sent. */
  onForward?(comment: Comment, isAnswer?: boolean): void;
  /** Makes an answer to the customer of what people outside wrote. */
  onShow?(comment: Comment): void;
  /** Takes an answer for later back, to write it on. */
  onTakeBack?(comment: Comment): void;
  /** The customer has written since. */
  hasNews?: boolean;
}

/** One message of the conversation. */
export const MessageCard = React.forwardRef<HTMLElement, MessageCardProps>(function MessageCard(
  { comment, initiallyOpen, onSplit, onForward, onShow, onTakeBack, hasNews },
  ref,
) {
  const text = useText();
  const kind = kindOf(comment);
  const { label, background, border } = LOOKS[kind];
  const isForLater = comment.delivery?.state === 'scheduled';
  const [isOpen, setIsOpen] = React.useState(initiallyOpen);
  const author = authorOf(comment) || text('inbox.unknownAuthor');
  return (
    <Box
      ref={ref}
      tag="article"
      tabIndex={-1}
      aria-label={`${text(label)}: ${author}`}
      data-kind={kind}
      background={background}
      borderColor={border}
      borderStyle={comment.isPublic ? 'solid' : 'dashed'}
      borderWidth="1px"
      hasRadius
      padding={4}
      marginLeft={{ initial: 0, medium: kind === 'customer' || kind === 'colleague' ? 0 : 8 }}
      // Below the header, which stays in view.
      style={{ scrollMarginTop: '8rem' }}
    >
      <Flex direction="column" alignItems="stretch" gap={3}>
        <Head alignItems="flex-start" justifyContent="space-between" gap={3}>
          <Flex gap={2} wrap="wrap" minWidth={0}>
            {!comment.isPublic && <Lock aria-hidden width="1.4rem" height="1.4rem" />}
            <Typography fontWeight="bold" textColor="neutral800">
              <bdi>{author}</bdi>
            </Typography>
            {comment.authorAddress && comment.authorAddress !== author && (
              <Typography variant="pi" textColor="neutral700">
                {comment.authorAddress}
              </Typography>
            )}
            <Mark>{text(isForLater ? 'inbox.kind.later' : label)}</Mark>
            {comment.source === 'page' && <Mark>{text('inbox.byPage')}</Mark>}
            {comment.isOutgoing && <Mark>{text('inbox.writtenOutside')}</Mark>}
            {comment.isAutomatic && <Mark>{text('inbox.automatic')}</Mark>}
          </Flex>
          <Flex>
            <Button
              variant="ghost"
              size="S"
              aria-expanded={isOpen}
              endIcon={isOpen ? <ChevronDown /> : <ChevronRight />}
              onClick={() => setIsOpen(!isOpen)}
            >
              <When at={comment.writtenAt ?? comment.createdAt} variant="pi" textColor="neutral700" style={{ whiteSpace: 'nowrap' }} />
            </Button>
            <MessageMenu comment={comment} onForward={onForward} onSplit={onSplit} />
          </Flex>
        </Head>
        {isOpen ? (
          <>
            <Origin comment={comment} />
            <Body comment={comment} title={text('inbox.messageOf', { author })} />
            {comment.attachments.some(({ wholeOf }) => wholeOf) && (
              <Typography variant="pi" textColor="neutral700">
                {text('inbox.tooLong')}
              </Typography>
            )}
            {comment.attachments.length > 0 && <AttachmentList attachments={comment.attachments} />}
            {comment.delivery && <DeliveryState delivery={comment.delivery} />}
            {isForLater && hasNews && <Notice variant="warning">{text('compose.laterWrote')}</Notice>}
            {isForLater && onTakeBack && (
              <Box>
                <TextButton onClick={() => onTakeBack(comment)}>{text('compose.laterEdit')}</TextButton>
              </Box>
            )}
            {comment.forward && (onForward || onShow) && (
              <Flex gap={4} wrap="wrap">
                {onForward && <TextButton onClick={() => onForward(comment, true)}>{text('forward.answer')}</TextButton>}
                {onShow && kind === 'outside' && <TextButton onClick={() => onShow(comment)}>{text('show.action')}</TextButton>}
              </Flex>
            )}
          </>
        ) : (
          <Typography textColor="neutral700" ellipsis dir="auto">
            {(comment.visibleText ?? comment.text ?? '').slice(0, 200)}
          </Typography>
        )}
      </Flex>
    </Box>
  );
});

/** A word about a message. The design system's badges are too pale on a tinted ground. */
const Mark = ({ children }: { children: string }) => (
  <Box background="neutral0" borderColor="neutral300" hasRadius paddingLeft={2} paddingRight={2}>
    <Typography variant="sigma" textColor="neutral800">
      {children}
    </Typography>
  </Box>
);

/** Who wrote it and, at its end, when. The button reaches to the edge of the card as its text would. */
const Head = styled(Flex)`
  & > :last-child {
    flex-shrink: 0;
    margin-block: -0.6rem;
    margin-inline-end: -1.2rem;
  }
`;

/** A line whose buttons, which have no ground, begin where text begins. */
const Line = styled(Flex)`
  & > button {
    margin-inline-start: -1.6rem;
  }
`;

/** How an email came to this ticket, and whether its sender is who they say. */
function Origin({ comment }: { comment: Comment }) {
  const text = useText();
  const textOr = useTextOr();
  const { formatDate } = useIntl();
  const { source, verified, isOutgoing, matchedBy, recipients, createdAt } = comment;
  if (source !== 'email') return null;
  const copied = (recipients?.cc ?? []).map(({ address }) => address);
  const how = matchedBy && matchedBy !== 'new' ? textOr(`inbox.matchedBy.${matchedBy}`, matchedBy) : null;
  const notes = [
    how,
    copied.length > 0 && text('inbox.inCopy', { people: copied.join(', ') }),
    arrivedLater(comment) && text('inbox.arrivedLater', { at: formatDate(createdAt, { dateStyle: 'medium', timeStyle: 'short' }) }),
  ].filter(Boolean);
  // Of what one of us wrote in a mail program nobody asks whether it is theirs.
  const asksWhose = verified || !isOutgoing;
  if (!asksWhose && notes.length === 0) return null;
  return (
    <Flex gap={3} wrap="wrap" style={{ rowGap: '0.4rem' }}>
      {asksWhose && (
        <Flex gap={1}>
          {verified && <SealCheck aria-hidden width="1.4rem" height="1.4rem" fill="success600" />}
          <Note>{text(verified ? 'inbox.verified' : 'inbox.notVerified')}</Note>
        </Flex>
      )}
      {notes.map((note) => (
        <Note key={String(note)}>{note}</Note>
      ))}
    </Flex>
  );
}

const Note = ({ children }: { children: React.ReactNode }) => (
  <Typography variant="pi" textColor="neutral700">
    {children}
  </Typography>
);

/** What was written; quotes are one click away, and HTML is shown when nothing had to be folded. */
function Body({ comment: { documentId, text: whole, html, visibleText, attachments }, title }: { comment: Comment; title: string }) {
  const text = useText();
  const visible = visibleText?.trim() ?? '';
  const isFolded = visible !== '' && visible !== whole?.trim();
  const [showsAll, setShowsAll] = React.useState(false);
  const isWhole = !isFolded || showsAll;
  return (
    <>
      {isWhole && html ? (
        <MailHtml html={html} attachments={attachments} title={title} commentId={documentId} />
      ) : (
        <PlainText>{(isWhole ? whole : visible) || text('inbox.noText')}</PlainText>
      )}
      {isFolded && (
        <Line>
          <Button variant="ghost" size="S" aria-expanded={showsAll} onClick={() => setShowsAll(!showsAll)}>
            {text(showsAll ? 'inbox.hideQuoted' : 'inbox.showQuoted')}
          </Button>
        </Line>
      )}
    </>
  );
}

export const PlainText = styled.div`
  color: ${({ theme }) => theme.colors.neutral800};
  font-size: 1.4rem;
  line-height: 1.5;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
  /* Each line from its own side: right to left where it is Arabic or Hebrew. */
  unicode-bidi: plaintext;
  text-align: start;
`;

import { Flex, Typography, VisuallyHidden } from '@strapi/design-system';
import { Lock, Paperclip } from '@strapi/icons';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import type { ListedTicket } from '../../api/tickets';
import { nameOfContact } from '../../shared/helpdesk/names';
import { Chip } from '../../shared/helpdesk/Chip';
import { useSnoozeText } from '../../shared/helpdesk/useSnoozeText';
import { TagChips } from '../../shared/helpdesk/TagChips';
import { PriorityBadge } from '../../shared/helpdesk/TicketBadges';
import { useText } from '../../shared/hooks/useText';
import type { FromList } from '../fromList';
import { isolated } from '../isolated';

interface TicketTitleProps {
  ticket: ListedTicket;
  to: string;
  state: { fromList: FromList };
}

/** What a ticket is about, whose it is, and what was written last. Bold, as in a mail program, until one has seen it. */
export function TicketTitle({ ticket, to, state }: TicketTitleProps) {
  const text = useText();
  const { title, ticketNumber, mergedInto, contact, account, priority, tags, conversation } = ticket;
  const snoozed = useSnoozeText()(ticket);
  const { isUnseen, messageCount, lastMessage, hasFiles } = conversation;
  return (
    <>
      <Flex gap={2} maxWidth="100%">
        {isUnseen && <VisuallyHidden>{text('inbox.unseen')}</VisuallyHidden>}
        <TitleLink to={to} state={state} data-ticket-link={ticket.documentId} onClick={(event) => event.stopPropagation()}>
          <Typography fontWeight={isUnseen ? 'bold' : 'regular'} textColor="neutral800" ellipsis>
            <bdi>{title}</bdi>
          </Typography>
        </TitleLink>
        {messageCount > 1 && (
          <Typography variant="pi" textColor="neutral600" title={text('inbox.messages', { count: messageCount })}>
            <span aria-hidden>{messageCount}</span>
            <VisuallyHidden>{text('inbox.messages', { count: messageCount })}</VisuallyHidden>
          </Typography>
        )}
        <PriorityBadge priority={priority} />
        {ticket.isSpam && <Chip shade="warning">{text('spam.mark')}</Chip>}
      </Flex>
      <Typography variant="pi" textColor="neutral600" ellipsis maxWidth="100%">
        {[
          mergedInto ? `${ticketNumber} → ${mergedInto.ticketNumber}` : ticketNumber,
          contact && isolated(nameOfContact(contact)),
          account && isolated(account.name),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Typography>
      {lastMessage && (
        <Flex gap={1} maxWidth="100%">
          {hasFiles && <Paperclip role="img" aria-label={text('inbox.hasFiles')} width="1.2rem" height="1.2rem" />}
          {!lastMessage.isPublic && <Lock role="img" aria-label={text('inbox.kind.internal')} width="1.2rem" height="1.2rem" />}
          <Typography variant="pi" textColor="neutral700" ellipsis>
            {[lastMessage.author && isolated(lastMessage.author), isolated(lastMessage.excerpt)].filter(Boolean).join(': ')}
          </Typography>
        </Flex>
      )}
      {snoozed && <Chip shade="secondary">{snoozed}</Chip>}
      <TagChips tags={tags} />
    </>
  );
}

const TitleLink = styled(Link)`
  display: block;
  min-width: 0;
  text-decoration: none;

  &:hover span {
    text-decoration: underline;
  }
`;

import { Flex, Typography } from '@strapi/design-system';
import type { Ticket } from '../../api/tickets';
import { isolated } from '../isolated';
import { nameOfContact } from '../../shared/helpdesk/names';
import { TagChip, TagChips } from '../../shared/helpdesk/TagChips';
import { PriorityBadge } from '../../shared/helpdesk/TicketBadges';

/** What is to be known of a ticket at a glance: its number, whose it is, how urgent, a status of the site's own, and its tags. */
export function TicketSubtitle({ ticket: { ticketNumber, contact, priority, helpdeskStatus, helpdeskTeam, tags } }: { ticket: Ticket }) {
  return (
    <Flex gap={2} wrap="wrap">
      <Typography variant="epsilon" textColor="neutral600" tag="p">
        {[ticketNumber, contact && isolated(nameOfContact(contact))].filter(Boolean).join(' · ')}
      </Typography>
      {helpdeskStatus && <TagChip {...helpdeskStatus} />}
      <PriorityBadge priority={priority} />
      {helpdeskTeam && <TagChip {...helpdeskTeam} />}
      <TagChips tags={tags} />
    </Flex>
  );
}

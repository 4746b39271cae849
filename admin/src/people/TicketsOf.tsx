import { Box, Flex, Link as PageLink, Typography } from '@strapi/design-system';
import { Link } from 'react-router-dom';
import { useTicketsQuery } from '../api/tickets';
import { TicketStatusBadge } from '../shared/helpdesk/TicketBadges';
import { Panel } from '../shared/components/Panel';
import { When } from '../shared/components/When';
import { useText } from '../shared/hooks/useText';
import { HELPDESK } from '../shared/helpdesk/places';
import { TicketReference } from '../shared/helpdesk/TicketReference';

const SHOWN = 20;

/** The tickets of a contact or an account, the newest at the top, and the way to all of them in the list. */
export function TicketsOf(whose: { contact: string } | { account: string }) {
  const text = useText();
  const { data } = useTicketsQuery({ view: 'all', ...whose, pageSize: SHOWN });
  const tickets = data?.data ?? [];
  const total = data?.meta.pagination.total ?? 0;
  const [[name, id]] = Object.entries(whose);
  return (
    <Panel title={text('people.tickets', { count: total })}>
      {tickets.map((ticket) => (
        <Flex key={ticket.documentId} justifyContent="space-between" gap={3} wrap="wrap">
          <TicketReference ticket={ticket} />
          <Flex gap={3}>
            <When at={ticket.lastActivityAt ?? ticket.createdAt} variant="pi" textColor="neutral600" />
            <TicketStatusBadge ticket={ticket} />
          </Flex>
        </Flex>
      ))}
      {total === 0 && <Typography textColor="neutral600">{text('people.noTickets')}</Typography>}
      {total > 0 && (
        <Box>
          <PageLink tag={Link} to={`${HELPDESK}?view=all&${name}=${id}`}>
            {text('people.allInList')}
          </PageLink>
        </Box>
      )}
    </Panel>
  );
}

import { Box, Link as PageLink, Typography } from '@strapi/design-system';
import { Link } from 'react-router-dom';
import type { TicketLink } from '../../api/tickets';
import { placeOfTicket } from './places';

/** Another ticket by number and title; without a link where one may not see it. */
export function TicketReference({ ticket: { documentId, ticketNumber, title } }: { ticket: TicketLink }) {
  if (!documentId) return <Typography textColor="neutral800">{ticketNumber}</Typography>;
  return (
    <Box maxWidth="100%" style={{ overflowWrap: 'anywhere' }}>
      <PageLink tag={Link} to={placeOfTicket(documentId)}>
        {[ticketNumber, title].filter(Boolean).join(' ')}
      </PageLink>
    </Box>
  );
}

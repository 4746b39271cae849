import * as React from 'react';
import { Box, Flex, Link as PageLink, SingleSelect, SingleSelectOption, Typography } from '@strapi/design-system';
import { Link } from 'react-router-dom';
import { PRIORITIES, STATUSES, useTicketsQuery, type Contact, type Priority, type Ticket, type TicketChange, type TicketStatus } from '../../api/tickets';
import { AssigneeSelect } from '../../components/helpdesk/AssigneeSelect';
import { nameOfContact } from '../../components/helpdesk/names';
import { TicketStatusBadge } from '../../components/helpdesk/TicketBadges';
import { Panel } from '../../components/Panel';
import { useText } from '../../utils/useText';

const HELPDESK = '/plugins/mail-scanner';
const OTHERS_SHOWN = 5;

interface SidePanelProps {
  ticket: Ticket;
  onChange(change: TicketChange): void;
  disabled: boolean;
}

/** What is known about a ticket. A choice is saved at once. */
export function SidePanel({ ticket, onChange, disabled }: SidePanelProps) {
  const text = useText();
  const { contact, account, participants, related, scanner } = ticket;
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Panel title={text('inbox.ticket')}>
        <Entry label={text('inbox.status')}>
          <SingleSelect size="S" aria-label={text('inbox.status')} value={ticket.ticketStatus} disabled={disabled} onChange={(value: string | number) => onChange({ ticketStatus: value as TicketStatus })}>
            {STATUSES.map((value) => (
              <SingleSelectOption key={value} value={value}>
                {text(`inbox.status.${value}`)}
              </SingleSelectOption>
            ))}
          </SingleSelect>
        </Entry>
        <Entry label={text('inbox.priority')}>
          <SingleSelect size="S" aria-label={text('inbox.priority')} value={ticket.priority} disabled={disabled} onChange={(value: string | number) => onChange({ priority: value as Priority })}>
            {PRIORITIES.map((value) => (
              <SingleSelectOption key={value} value={value}>
                {text(`inbox.priority.${value}`)}
              </SingleSelectOption>
            ))}
          </SingleSelect>
        </Entry>
        <Entry label={text('inbox.assignee')}>
          <AssigneeSelect label={text('inbox.assignee')} value={ticket.assignee} onChange={(assignee) => onChange({ assignee })} disabled={disabled} />
        </Entry>
        {scanner && (
          <Entry label={text('inbox.scanner')}>
            <Typography textColor="neutral800">{scanner.name}</Typography>
          </Entry>
        )}
        {related && (
          <Entry label={text('inbox.related')}>
            <TicketLink ticket={related} />
          </Entry>
        )}
      </Panel>
      <Panel title={text('inbox.people')}>
        {contact ? <ContactEntry contact={contact} /> : <Typography textColor="neutral600">{text('inbox.noContact')}</Typography>}
        {account && (
          <Entry label={text('inbox.account')}>
            <PageLink tag={Link} to={`${HELPDESK}?view=all&account=${account.documentId}`}>
              {account.name}
            </PageLink>
          </Entry>
        )}
        {participants && participants.length > 0 && (
          <Entry label={text('inbox.participants')}>
            {participants.map((address) => (
              <Wrapped key={address}>{address}</Wrapped>
            ))}
          </Entry>
        )}
      </Panel>
      {contact && <OtherTickets contact={contact} except={ticket.documentId} />}
    </Flex>
  );
}

function Entry({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <Flex direction="column" alignItems="stretch" gap={1}>
      <Typography variant="pi" fontWeight="bold" textColor="neutral600">
        {label}
      </Typography>
      {children}
    </Flex>
  );
}

const Wrapped = ({ children }: { children: React.ReactNode }) => (
  <Typography textColor="neutral800" style={{ overflowWrap: 'anywhere' }}>
    {children}
  </Typography>
);

function ContactEntry({ contact }: { contact: Contact }) {
  const text = useText();
  return (
    <Entry label={text('inbox.contact')}>
      <PageLink tag={Link} to={`${HELPDESK}?view=all&contact=${contact.documentId}`}>
        {nameOfContact(contact)}
      </PageLink>
      <Wrapped>{contact.email}</Wrapped>
      {contact.phone && <Wrapped>{contact.phone}</Wrapped>}
      {contact.undeliverable && <Typography textColor="danger600">{text('inbox.undeliverable')}</Typography>}
    </Entry>
  );
}

function OtherTickets({ contact, except }: { contact: Contact; except: string }) {
  const text = useText();
  const { data } = useTicketsQuery({ view: 'all', contact: contact.documentId, pageSize: OTHERS_SHOWN + 1 });
  const others = (data?.data ?? []).filter(({ documentId }) => documentId !== except).slice(0, OTHERS_SHOWN);
  if (others.length === 0) return null;
  return (
    <Panel title={text('inbox.otherTickets')}>
      {others.map((ticket) => (
        <Flex key={ticket.documentId} direction="column" alignItems="flex-start" gap={1}>
          <TicketLink ticket={ticket} />
          <TicketStatusBadge status={ticket.ticketStatus} />
        </Flex>
      ))}
    </Panel>
  );
}

function TicketLink({ ticket: { documentId, ticketNumber, title } }: { ticket: { documentId: string; ticketNumber: string; title: string } }) {
  return (
    <Box maxWidth="100%">
      <PageLink tag={Link} to={`${HELPDESK}/tickets/${documentId}`}>
        {`${ticketNumber} ${title}`}
      </PageLink>
    </Box>
  );
}

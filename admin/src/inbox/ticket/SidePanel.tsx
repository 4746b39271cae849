import { PRIORITIES, type Priority } from '../../../../shared/vocabulary';
import * as React from 'react';
import { Box, Button, Flex, Link as PageLink, SingleSelect, SingleSelectOption, TextButton, Typography } from '@strapi/design-system';
import { Link } from 'react-router-dom';
import { useTicketsQuery, type Contact, type Ticket, type TicketChange, type TicketLink } from '../../api/tickets';
import { AccountSelect } from '../../shared/helpdesk/AccountSelect';
import { TeamSelect } from '../../shared/helpdesk/TeamSelect';
import { useTeamsQuery } from '../../api/teams';
import { AssigneeSelect } from '../AssigneeSelect';
import { ContactInput } from '../ContactInput';
import { nameOfContact } from '../../shared/helpdesk/names';
import { TicketStatusBadge } from '../../shared/helpdesk/TicketBadges';
import { statusChangeOf, statusValueOf, useStatusOptions } from '../../shared/helpdesk/useStatuses';
import { Panel } from '../../shared/components/Panel';
import { useAllowed } from '../../shared/hooks/useAllowed';
import { useText } from '../../shared/hooks/useText';
import { placeOfAccount, placeOfContact } from '../../shared/helpdesk/places';
import { ActivityLog } from './ActivityLog';
import { Followers } from './Followers';
import { Rounds } from './Rounds';
import { SiteFields } from './SiteFields';
import { TicketTags } from './TicketTags';
import { Participants } from './Participants';
import { TicketReference } from '../../shared/helpdesk/TicketReference';

const OTHERS_SHOWN = 5;

interface SidePanelProps {
  ticket: Ticket;
  onChange(change: TicketChange): void;
  disabled: boolean;
  canAssign: boolean;
}

/** What is known about a ticket. A choice is saved at once. */
export function SidePanel({ ticket, onChange, disabled, canAssign }: SidePanelProps) {
  const text = useText();
  const { canReadAllTickets } = useAllowed();
  const statuses = useStatusOptions(ticket.helpdeskStatus);
  const { contact, account, participants, related, scanner, splitFrom } = ticket;
  const mayChooseAccount = !disabled && canReadAllTickets;
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Panel title={text('inbox.ticket')}>
        <Entry label={text('inbox.status')}>
          <SingleSelect
            size="S"
            aria-label={text('inbox.status')}
            value={statusValueOf(ticket)}
            disabled={disabled}
            onChange={(value: string | number) => onChange(statusChangeOf(String(value)))}
          >
            {statuses.map(({ value, label }) => (
              <SingleSelectOption key={value} value={value}>
                {label}
              </SingleSelectOption>
            ))}
          </SingleSelect>
        </Entry>
        <Entry label={text('inbox.priority')}>
          <SingleSelect
            size="S"
            aria-label={text('inbox.priority')}
            value={ticket.priority}
            disabled={disabled}
            onChange={(value: string | number) => onChange({ priority: value as Priority })}
          >
            {PRIORITIES.map((value) => (
              <SingleSelectOption key={value} value={value}>
                {text(`inbox.priority.${value}`)}
              </SingleSelectOption>
            ))}
          </SingleSelect>
        </Entry>
        <Entry label={text('inbox.assignee')}>
          <AssigneeSelect
            label={text('inbox.assignee')}
            value={ticket.assignee}
            onChange={(assignee) => onChange({ assignee })}
            disabled={!canAssign}
          />
        </Entry>
        <TeamEntry ticket={ticket} onChange={onChange} disabled={!canAssign} />
        <Rounds ticket={ticket} />
        {ticket.rating && (
          <Entry label={text('rating.title')}>
            <Typography textColor="neutral800">{text(`rating.${ticket.rating.score}`)}</Typography>
            {ticket.rating.comment && (
              <Typography textColor="neutral700" dir="auto" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
                {ticket.rating.comment}
              </Typography>
            )}
          </Entry>
        )}
        {(!disabled || ticket.tags.length > 0) && (
          <Entry label={text('tags.title')}>
            <TicketTags ticket={ticket} onChange={onChange} disabled={disabled} />
          </Entry>
        )}
        <Entry label={text('notices.followers')}>
          <Followers ticket={ticket} />
        </Entry>
        {scanner && (
          <Entry label={text('inbox.scanner')}>
            <Typography textColor="neutral800">{scanner.name}</Typography>
          </Entry>
        )}
        {related && (
          <Entry label={text('inbox.related')}>
            <TicketReference ticket={related} />
          </Entry>
        )}
        {splitFrom && (
          <Entry label={text('ticket.splitFrom')}>
            <TicketReference ticket={splitFrom} />
          </Entry>
        )}
        <Tickets label={text('ticket.splitInto')} tickets={ticket.splitInto} />
        <Tickets label={text('ticket.mergedFrom')} tickets={ticket.mergedFrom} />
      </Panel>
      <SiteFields ticket={ticket} disabled={disabled} />
      <Panel title={text('inbox.people')}>
        <ContactEntry contact={contact} onChange={onChange} disabled={disabled} />
        {(account || mayChooseAccount) && (
          <Entry label={text('inbox.account')}>
            {account && (
              <PageLink tag={Link} to={placeOfAccount(account.documentId)}>
                {account.name}
              </PageLink>
            )}
            {mayChooseAccount && (
              <AccountSelect
                label={text('inbox.account')}
                value={account}
                onChange={(chosen) => onChange({ account: chosen?.documentId ?? null })}
              />
            )}
          </Entry>
        )}
        {(!disabled || (participants ?? []).length > 0) && (
          <Entry label={text('inbox.participants')}>
            <Participants ticket={ticket} onChange={onChange} disabled={disabled} />
          </Entry>
        )}
      </Panel>
      {contact && <OtherTickets contact={contact} except={ticket.documentId} />}
      <ActivityLog ticketId={ticket.documentId} />
    </Flex>
  );
}

function Tickets({ label, tickets }: { label: string; tickets: TicketLink[] }) {
  if (tickets.length === 0) return null;
  return (
    <Entry label={label}>
      {tickets.map((ticket) => (
        <TicketReference key={ticket.ticketNumber} ticket={ticket} />
      ))}
    </Entry>
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

function ContactEntry({
  contact,
  onChange,
  disabled,
}: {
  contact: Contact | null;
  onChange(change: TicketChange): void;
  disabled: boolean;
}) {
  const text = useText();
  const [typed, setTyped] = React.useState<string | null>(null);
  const form = React.useRef<HTMLFormElement>(null);
  const opener = React.useRef<HTMLDivElement>(null);
  const isTyping = typed !== null;
  // The focus moves into the field that replaces the button, and back.
  const wasTyping = React.useRef(false);
  React.useEffect(() => {
    if (isTyping) form.current?.querySelector('input')?.focus();
    else if (wasTyping.current) opener.current?.querySelector('button')?.focus();
    wasTyping.current = isTyping;
  }, [isTyping]);
  const save = (event: React.FormEvent) => {
    event.preventDefault();
    if (typed?.trim()) onChange({ contactEmail: typed.trim() });
    setTyped(null);
  };
  return (
    <Entry label={text('inbox.contact')}>
      {contact ? (
        <>
          <PageLink tag={Link} to={placeOfContact(contact.documentId)}>
            {nameOfContact(contact)}
          </PageLink>
          <Wrapped>{contact.email}</Wrapped>
          {contact.phone && <Wrapped>{contact.phone}</Wrapped>}
          {contact.undeliverable && <Typography textColor="danger600">{text('inbox.undeliverable')}</Typography>}
        </>
      ) : (
        <Typography textColor="neutral600">{text('inbox.noContact')}</Typography>
      )}
      {!disabled && !isTyping && (
        <Box ref={opener}>
          <TextButton onClick={() => setTyped('')}>{text('people.changeContact')}</TextButton>
        </Box>
      )}
      {isTyping && (
        <form ref={form} onSubmit={save}>
          <Flex direction="column" alignItems="stretch" gap={2}>
            <ContactInput
              size="S"
              value={typed}
              onChange={setTyped}
              label={text('people.newContact')}
              placeholder={text('people.contactPlaceholder')}
            />
            <Flex gap={2}>
              <Button type="submit" size="S" disabled={!typed.trim()}>
                {text('common.save')}
              </Button>
              <Button size="S" variant="tertiary" onClick={() => setTyped(null)}>
                {text('ticket.cancel')}
              </Button>
            </Flex>
          </Flex>
        </form>
      )}
    </Entry>
  );
}

/** Nothing where there are no teams. */
function TeamEntry({ ticket, onChange, disabled }: Pick<SidePanelProps, 'ticket' | 'onChange' | 'disabled'>) {
  const text = useText();
  const { data: teams = [] } = useTeamsQuery();
  if (teams.length === 0) return null;
  return (
    <Entry label={text('teams.team')}>
      <TeamSelect
        size="S"
        value={ticket.helpdeskTeam?.documentId}
        onChange={(helpdeskTeam) => onChange({ helpdeskTeam })}
        disabled={disabled}
      />
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
          <TicketReference ticket={ticket} />
          <TicketStatusBadge ticket={ticket} />
        </Flex>
      ))}
    </Panel>
  );
}

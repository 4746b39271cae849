import * as React from 'react';
import { Checkbox, Flex, Table, Tbody, Td, Th, Thead, Tr, Typography } from '@strapi/design-system';
import { useLocation, useNavigate } from 'react-router-dom';
import { styled } from 'styled-components';
import type { ListedTicket } from '../../api/tickets';
import { nameOfAgent } from '../../shared/helpdesk/names';
import { TagChip } from '../../shared/helpdesk/TagChips';
import { TicketStatusBadge } from '../../shared/helpdesk/TicketBadges';
import { WhenBrief } from '../../shared/components/When';
import { useAllowed } from '../../shared/hooks/useAllowed';
import { useText, type TextKey } from '../../shared/hooks/useText';
import { DueMark } from '../DueMark';
import type { FromList } from '../fromList';
import { SortBy, useOrder } from './SortBy';
import { TicketTitle } from './TicketTitle';

interface TicketTableProps {
  tickets: ListedTicket[];
  selected: string[];
  onSelect(ids: string[]): void;
}

interface Column {
  title: TextKey;
  Cell: React.ComponentType<{ ticket: ListedTicket }>;
}

/** Beside the ticket itself. A phone has room for none of them: the first column says there what matters. */
const COLUMNS: Column[] = [
  { title: 'inbox.status', Cell: TicketStatusBadge },
  { title: 'inbox.assignee', Cell: Assignee },
  { title: 'inbox.lastActivity', Cell: LastActivity },
];

/** What the other columns leave: a table alone gives a long text as much as it wants. */
const ROOM = {
  initial: 'calc(100vw - 13rem)',
  medium: 'clamp(18rem, calc(100vw - 67rem), 52rem)',
  large: 'clamp(40rem, calc(100vw - 86rem), 90rem)',
};

export function TicketTable({ tickets, selected, onSelect }: TicketTableProps) {
  const text = useText();
  const { canAssignTickets } = useAllowed();
  const { search } = useLocation();
  const [byActivity, byOpening] = [useOrder('lastActivityAt'), useOrder('createdAt')];
  const fromList: FromList = { search, tickets: tickets.map(({ documentId }) => documentId) };
  const byDue = useOrder('dueAt');
  const hasDue = byDue !== undefined || tickets.some(({ dueAt }) => dueAt);
  const all = selected.length === tickets.length;
  const toggle = (id: string) => onSelect(selected.includes(id) ? selected.filter((other) => other !== id) : [...selected, id]);
  return (
    <Dense colCount={COLUMNS.length + (canAssignTickets ? 2 : 1)} rowCount={tickets.length + 1}>
      <Thead>
        <Tr>
          {canAssignTickets && (
            <Th>
              <Checkbox
                aria-label={text('inbox.selectAll')}
                checked={all ? true : selected.length > 0 ? 'indeterminate' : false}
                onCheckedChange={() => onSelect(all ? [] : tickets.map(({ documentId }) => documentId))}
              />
            </Th>
          )}
          <Th role="columnheader" aria-sort={byOpening}>
            <Heading>{text('inbox.ticket')}</Heading>
            <WideOnly>
              <SortBy by="createdAt" label={text('inbox.opened')} />
            </WideOnly>
            <NarrowOnly marginLeft={3}>
              <SortBy isNamed by="createdAt" label={text('inbox.opened')} />
              <SortBy isNamed by="lastActivityAt" label={text('inbox.lastActivity')} />
              {hasDue && <SortBy isNamed by="dueAt" label={text('due.title')} />}
            </NarrowOnly>
          </Th>
          {COLUMNS.map(({ title }) => (
            // The design system calls each cell of a head a gridcell, which has no order.
            <WideTh key={title} role="columnheader" aria-sort={title === 'inbox.lastActivity' ? (byActivity ?? byDue) : undefined}>
              <Heading>{text(title)}</Heading>
              {title === 'inbox.lastActivity' && (
                <>
                  <SortBy by="lastActivityAt" label={text(title)} />
                  {hasDue && (
                    <>
                      <Heading>{text('due.title')}</Heading>
                      <SortBy by="dueAt" label={text('due.title')} />
                    </>
                  )}
                </>
              )}
            </WideTh>
          ))}
        </Tr>
      </Thead>
      <Tbody>
        {tickets.map((ticket) => (
          <Row
            key={ticket.documentId}
            ticket={ticket}
            fromList={fromList}
            selected={selected.includes(ticket.documentId)}
            onToggle={canAssignTickets ? () => toggle(ticket.documentId) : undefined}
          />
        ))}
      </Tbody>
    </Dense>
  );
}

const Heading = ({ children }: { children: React.ReactNode }) => (
  <Typography variant="sigma" textColor="neutral600">
    {children}
  </Typography>
);

interface RowProps {
  ticket: ListedTicket;
  /** The ticket gets it, for the way back and to the next ticket. */
  fromList: FromList;
  selected: boolean;
  onToggle?(): void;
}

function Row({ ticket, fromList, selected, onToggle }: RowProps) {
  const text = useText();
  const navigate = useNavigate();
  const to = `tickets/${ticket.documentId}`;
  const state = { fromList };
  return (
    <Tr onClick={() => navigate(to, { state })} style={{ cursor: 'pointer' }}>
      {onToggle && (
        <Td onClick={(event: React.MouseEvent) => event.stopPropagation()}>
          <Checkbox aria-label={text('inbox.select', { number: ticket.ticketNumber })} checked={selected} onCheckedChange={onToggle} />
        </Td>
      )}
      <Td>
        <Flex direction="column" alignItems="flex-start" maxWidth={ROOM}>
          <TicketTitle ticket={ticket} to={to} state={state} />
          <NarrowOnly>
            <TicketStatusBadge ticket={ticket} />
            <LastActivity ticket={ticket} />
          </NarrowOnly>
        </Flex>
      </Td>
      {COLUMNS.map(({ title, Cell }) => (
        <WideTd key={title}>
          <Cell ticket={ticket} />
        </WideTd>
      ))}
    </Tr>
  );
}

function Assignee({ ticket: { assignee, helpdeskTeam } }: { ticket: ListedTicket }) {
  const text = useText();
  return (
    <>
      <Typography textColor={assignee ? 'neutral800' : 'neutral600'} ellipsis maxWidth="16rem">
        {assignee ? nameOfAgent(assignee) : text('inbox.nobody')}
      </Typography>
      {helpdeskTeam && <TagChip {...helpdeskTeam} />}
    </>
  );
}

function LastActivity({ ticket }: { ticket: ListedTicket }) {
  const text = useText();
  const { waitingSince } = ticket.conversation;
  const lastActivity = ticket.lastActivityAt ?? ticket.createdAt;
  // Said once where the mark of what is due says that somebody waits.
  const isSaid = ticket.dueFor === 'firstResponse' && waitingSince === lastActivity;
  return (
    <Flex direction="column" alignItems="flex-start">
      <WhenBrief at={lastActivity} textColor="neutral800" />
      <DueMark ticket={ticket} />
      {waitingSince && !isSaid && (
        <Typography variant="pi" textColor="neutral600">
          {text('inbox.waitingSince')} <WhenBrief tag="span" variant="pi" textColor="neutral600" at={waitingSince} />
        </Typography>
      )}
    </Flex>
  );
}

/** As many tickets on a screen as can be read. */
const Dense = styled(Table)`
  tbody td {
    padding-top: 0.6rem;
    padding-bottom: 0.6rem;
  }

  tbody tr {
    height: auto;
  }
`;

const WideTh = styled(Th)`
  display: none;
  ${({ theme }) => theme.breakpoints.medium} {
    display: table-cell;
  }
`;

const WideTd = styled(Td)`
  display: none;
  ${({ theme }) => theme.breakpoints.medium} {
    display: table-cell;
  }
`;

const WideOnly = styled.span`
  display: none;
  ${({ theme }) => theme.breakpoints.medium} {
    display: inline;
  }
`;

const NarrowOnly = styled(Flex)`
  flex-wrap: wrap;
  gap: 0.8rem;
  ${({ theme }) => theme.breakpoints.medium} {
    display: none;
  }
`;

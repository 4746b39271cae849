import { DUE_FILTERS } from '../../../../shared/api/tickets';
import { PRIORITIES, SCORES } from '../../../../shared/vocabulary';
import * as React from 'react';
import { Box, Button } from '@strapi/design-system';
import { Bell, Cross, Filter, WarningCircle } from '@strapi/icons';
import { useIsMobile } from '@strapi/strapi/admin';
import { useAccountQuery, useAccountsQuery, useContactQuery } from '../../api/people';
import { useScannersQuery } from '../../api/scanners';
import { useStatusesQuery } from '../../api/ticketStatuses';
import { useStatusOptions } from '../../shared/helpdesk/useStatuses';
import { useTagsQuery } from '../../api/tags';
import { useTeamsQuery } from '../../api/teams';
import { useAssigneesQuery } from '../../api/tickets';
import { AccountSelect } from '../../shared/helpdesk/AccountSelect';
import { nameOfAgent, nameOfContact } from '../../shared/helpdesk/names';
import { endOfDay, startOfDay } from '../../shared/utils/days';
import { keep, readKept } from '../../shared/utils/kept';
import { useAllowed } from '../../shared/hooks/useAllowed';
import { DayFilter } from '../../shared/components/DayFilter';
import { FilterSelect } from '../../shared/components/FilterSelect';
import { useListQuery } from '../../shared/hooks/useListQuery';
import { useText } from '../../shared/hooks/useText';
import { FILTERS, type TicketListQuery } from './ticketListQuery';

const KEY = 'STRAPI_MAIL_SCANNER_FILTERS';

/**
 * The filters of a view. The address bar keeps them. They are folded, because the tickets matter more, unless one of them narrows the
 * list or somebody has left them open in this browser; on a phone always.
 */
export function TicketFiltersBar() {
  const text = useText();
  const isPhone = useIsMobile();
  const [query, setQuery] = useListQuery<TicketListQuery>();
  const set = (change: Partial<TicketListQuery>) => setQuery({ ...change, page: '1' });
  const count = FILTERS.filter((name) => query[name]).length;
  const isNarrowed = count > 0;
  const [isOpen, setIsOpen] = React.useState(!isPhone && (isNarrowed || readKept('localStorage', KEY) === 'open'));
  // Another view may bring filters. Those that are taken off one by one do not fold the bar.
  const [wasNarrowed, setWasNarrowed] = React.useState(isNarrowed);
  if (isNarrowed !== wasNarrowed) {
    setWasNarrowed(isNarrowed);
    if (isNarrowed && !isPhone) setIsOpen(true);
  }
  const toggle = () => {
    setIsOpen(!isOpen);
    if (!isPhone) keep('localStorage', KEY, isOpen ? 'folded' : 'open');
  };
  return (
    <>
      <Button variant="tertiary" size="S" startIcon={<Filter />} aria-expanded={isOpen} onClick={toggle}>
        {count > 0 ? `${text('inbox.filters')} (${count})` : text('inbox.filters')}
      </Button>
      {isOpen && (
        <>
          <Choices query={query} set={set} />
          <AccountFilter id={query.account} set={set} />
          <DayFilter name="since" label={text('inbox.since')} value={query.since} onChange={(date) => set({ since: startOfDay(date) })} />
          <DayFilter name="until" label={text('filter.until')} value={query.until} onChange={(date) => set({ until: endOfDay(date) })} />
          <Button
            variant={query.followed ? 'secondary' : 'tertiary'}
            size="S"
            startIcon={<Bell />}
            aria-pressed={Boolean(query.followed)}
            onClick={() => set({ followed: query.followed ? undefined : 'true' })}
          >
            {text('notices.iFollow')}
          </Button>
          {(query.spam || query.view === 'closed' || query.view === 'all') && (
            <Button
              variant={query.spam ? 'secondary' : 'tertiary'}
              size="S"
              startIcon={<WarningCircle />}
              aria-pressed={Boolean(query.spam)}
              onClick={() => set({ spam: query.spam ? undefined : 'true' })}
            >
              {text('spam.mark')}
            </Button>
          )}
          {query.contact && <ContactFilter id={query.contact} onRemove={() => set({ contact: undefined })} />}
          {count > 0 && (
            <Button
              variant="ghost"
              size="S"
              startIcon={<Cross />}
              onClick={() => set(Object.fromEntries(FILTERS.map((name) => [name, undefined])))}
            >
              {text('inbox.clearFilters')}
            </Button>
          )}
        </>
      )}
    </>
  );
}

type SetFilter = (change: Partial<TicketListQuery>) => void;

/** The filters with few choices. */
function Choices({ query, set }: { query: TicketListQuery; set: SetFilter }) {
  const text = useText();
  const { data: agents = [], isSuccess: knowsAgents } = useAssigneesQuery();
  // Without the permission to read scanners there is no list to choose from.
  const { canReadScanners } = useAllowed();
  const { data: scanners = [], isSuccess: knowsScanners } = useScannersQuery(undefined, { skip: !canReadScanners });
  const { data: tags = [], isSuccess: knowsTags } = useTagsQuery();
  const statuses = useStatusOptions('all');
  const { isSuccess: knowsStatuses } = useStatusesQuery();
  const { data: teams = [], isSuccess: knowsTeams } = useTeamsQuery();
  const filters: {
    name: 'status' | 'priority' | 'assignee' | 'scanner' | 'tag' | 'team' | 'due' | 'rating';
    label: string;
    options: { value: string; label: string }[];
    areAll?: boolean;
  }[] = [
    { name: 'status', label: text('inbox.status'), areAll: knowsStatuses, options: statuses },
    {
      name: 'priority',
      label: text('inbox.priority'),
      options: PRIORITIES.map((value) => ({ value, label: text(`inbox.priority.${value}`) })),
    },
    {
      name: 'assignee',
      label: text('inbox.assignee'),
      areAll: knowsAgents,
      options: [
        { value: 'none', label: text('inbox.nobody') },
        ...agents.map((agent) => ({ value: String(agent.id), label: nameOfAgent(agent) })),
      ],
    },
    {
      name: 'team',
      label: text('teams.team'),
      areAll: knowsTeams,
      options: teams.length === 0 ? [] : namesOf([{ documentId: 'none', name: text('teams.noTeam') }, ...teams]),
    },
    {
      name: 'scanner',
      label: text('inbox.scanner'),
      areAll: knowsScanners,
      options: namesOf(scanners),
    },
    { name: 'due', label: text('due.title'), options: DUE_FILTERS.map((value) => ({ value, label: text(`due.${value}`) })) },
    { name: 'rating', label: text('rating.title'), options: SCORES.map((value) => ({ value, label: text(`rating.${value}`) })) },
    {
      name: 'tag',
      label: text('tags.tag'),
      areAll: knowsTags,
      options: namesOf(tags),
    },
  ];
  return (
    <>
      {filters
        .filter(({ name, options }) => options.length > (name === 'tag' ? 0 : 1) || query[name])
        .map(({ name, label, options, areAll }) => (
          <FilterSelect
            key={name}
            label={label}
            options={options}
            areAll={areAll}
            value={query[name]}
            onChange={(value) => set({ [name]: value })}
            minWidth="12rem"
            maxWidth="20rem"
          />
        ))}
    </>
  );
}

const namesOf = (records: { documentId: string; name: string }[]) =>
  records.map(({ documentId, name }) => ({ value: documentId, label: name }));

/** Searched for while typing, because there may be thousands; nothing where there are none. */
function AccountFilter({ id, set }: { id?: string; set: SetFilter }) {
  const text = useText();
  const { data: some } = useAccountsQuery({ pageSize: 1 });
  const { currentData: chosen, isError } = useAccountQuery(id ?? '', { skip: !id });
  if (!id && !some?.data.length) return null;
  return (
    <Box width="18rem">
      <AccountSelect
        // The field keeps its typed text: a key per filter gives each filter an empty field.
        key={id ? `${id} ${chosen?.name} ${isError}` : 'none'}
        label={text('inbox.account')}
        placeholder={text('inbox.account')}
        value={id ? (chosen ?? { documentId: id, name: isError ? text('filter.gone') : '…' }) : null}
        onChange={(account) => set({ account: account?.documentId })}
      />
    </Box>
  );
}

function ContactFilter({ id, onRemove }: { id: string; onRemove(): void }) {
  const text = useText();
  const { currentData: contact, isError } = useContactQuery(id);
  return (
    <Button variant="secondary" size="S" endIcon={<Cross />} title={text('filter.remove')} onClick={onRemove}>
      {text('filter.contact', { name: contact ? nameOfContact(contact) : isError ? text('filter.gone') : '…' })}
    </Button>
  );
}

import { Box, Button, DatePicker, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { Cross } from '@strapi/icons';
import { useQueryParams } from '@strapi/strapi/admin';
import { useScannersQuery } from '../../api/scanners';
import { PRIORITIES, STATUSES, useAssigneesQuery, type TicketRow } from '../../api/tickets';
import { nameOfAgent, nameOfContact } from '../../components/helpdesk/names';
import { endOfDay, startOfDay } from '../../utils/days';
import { useText } from '../../utils/useText';
import type { TicketListQuery } from './ticketListQuery';

const NONE = {
  status: undefined,
  priority: undefined,
  assignee: undefined,
  scanner: undefined,
  contact: undefined,
  account: undefined,
  since: undefined,
  until: undefined,
};

/** What narrows a view down. It lives in the address bar. `sample` is a ticket of the list, which knows the names of its people. */
export function TicketFiltersBar({ sample }: { sample?: TicketRow }) {
  const text = useText();
  const [{ query = {} }, setQuery] = useQueryParams<TicketListQuery>();
  const { data: agents = [] } = useAssigneesQuery();
  // Without the right to see scanners there is no list to choose from.
  const { data: scanners = [] } = useScannersQuery();
  const set = (change: Partial<TicketListQuery>) => setQuery({ ...change, page: '1' });
  const filters: { name: 'status' | 'priority' | 'assignee' | 'scanner'; label: string; options: { value: string; label: string }[] }[] = [
    { name: 'status', label: text('inbox.status'), options: STATUSES.map((value) => ({ value, label: text(`inbox.status.${value}`) })) },
    {
      name: 'priority',
      label: text('inbox.priority'),
      options: PRIORITIES.map((value) => ({ value, label: text(`inbox.priority.${value}`) })),
    },
    {
      name: 'assignee',
      label: text('inbox.assignee'),
      options: [
        { value: 'none', label: text('inbox.nobody') },
        ...agents.map((agent) => ({ value: String(agent.id), label: nameOfAgent(agent) })),
      ],
    },
    {
      name: 'scanner',
      label: text('inbox.scanner'),
      options: scanners.map(({ documentId, name }) => ({ value: documentId, label: name })),
    },
  ];
  return (
    <>
      {filters
        .filter(({ options }) => options.length > 1)
        .map(({ name, label, options }) => (
          <Box key={name} minWidth="14rem">
            <SingleSelect
              size="S"
              aria-label={label}
              placeholder={label}
              value={query[name] ?? ''}
              onChange={(value: string | number) => set({ [name]: String(value) })}
              onClear={() => set({ [name]: undefined })}
            >
              {options.map((option) => (
                <SingleSelectOption key={option.value} value={option.value}>
                  {option.label}
                </SingleSelectOption>
              ))}
            </SingleSelect>
          </Box>
        ))}
      <DatePicker
        size="S"
        aria-label={text('inbox.since')}
        placeholder={text('inbox.since')}
        value={query.since ? new Date(query.since) : undefined}
        onChange={(date: Date | undefined) => set({ since: startOfDay(date) })}
        onClear={() => set({ since: undefined })}
      />
      <DatePicker
        size="S"
        aria-label={text('filter.until')}
        placeholder={text('filter.until')}
        value={query.until ? new Date(query.until) : undefined}
        onChange={(date: Date | undefined) => set({ until: endOfDay(date) })}
        onClear={() => set({ until: undefined })}
      />
      {query.account && (
        <Button variant="secondary" size="S" endIcon={<Cross />} title={text('filter.remove')} onClick={() => set({ account: undefined })}>
          {text('filter.account', { name: sample?.account?.name ?? '…' })}
        </Button>
      )}
      {query.contact && (
        <Button variant="secondary" size="S" endIcon={<Cross />} title={text('filter.remove')} onClick={() => set({ contact: undefined })}>
          {text('filter.contact', { name: sample?.contact ? nameOfContact(sample.contact) : '…' })}
        </Button>
      )}
      {Object.keys(NONE).some((name) => query[name as keyof TicketListQuery]) && (
        <Button variant="ghost" size="S" startIcon={<Cross />} onClick={() => set(NONE)}>
          {text('inbox.clearFilters')}
        </Button>
      )}
    </>
  );
}

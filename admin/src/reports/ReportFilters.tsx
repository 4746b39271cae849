import { Box, DatePicker, Flex } from '@strapi/design-system';
import { useQueryParams } from '@strapi/strapi/admin';
import { useTeamsQuery } from '../api/teams';
import { useTagsQuery } from '../api/tags';
import { useAssigneesQuery } from '../api/tickets';
import { useScannersQuery } from '../api/scanners';
import { FilterSelect } from '../shared/components/FilterSelect';
import { nameOfAgent } from '../shared/helpdesk/names';
import { useAllowed } from '../shared/hooks/useAllowed';
import { useText } from '../shared/hooks/useText';
import type { ReportQuery } from '../api/reports';

const DAY_MS = 86_400_000;
const dayOf = (date: Date): string =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0')).join('-');

/** Today and the days before it. */
export const lastDays = (count: number): Pick<ReportQuery, 'since' | 'until'> => ({
  since: dayOf(new Date(Date.now() - (count - 1) * DAY_MS)),
  until: dayOf(new Date()),
});

/** The days, and whose tickets. The address bar keeps both. */
export function ReportFilters({ query }: { query: ReportQuery }) {
  const text = useText();
  const [, setQuery] = useQueryParams<Partial<ReportQuery>>();
  const { canReadTickets, canReadScanners } = useAllowed();
  const { data: agents = [] } = useAssigneesQuery(undefined, { skip: !canReadTickets });
  const { data: scanners = [] } = useScannersQuery(undefined, { skip: !canReadScanners });
  const { data: tags = [] } = useTagsQuery(undefined, { skip: !canReadTickets });
  const { data: teams = [] } = useTeamsQuery(undefined, { skip: !canReadTickets });
  const choices = [
    {
      name: 'agent',
      label: text('inbox.assignee'),
      options: agents.map((agent) => ({ value: String(agent.id), label: nameOfAgent(agent) })),
    },
    {
      name: 'scanner',
      label: text('inbox.scanner'),
      options: scanners.map(({ documentId, name }) => ({ value: documentId, label: name })),
    },
    { name: 'team', label: text('teams.team'), options: teams.map(({ documentId, name }) => ({ value: documentId, label: name })) },
    { name: 'tag', label: text('tags.tag'), options: tags.map(({ documentId, name }) => ({ value: documentId, label: name })) },
    { name: 'counted', label: text('reports.allHours'), options: [{ value: 'true', label: text('levels.countsHours') }] },
  ] as const;
  return (
    <Flex gap={2} wrap="wrap">
      {(['since', 'until'] as const).map((name) => (
        <Box key={name} width="17rem">
          <DatePicker
            size="S"
            name={name}
            aria-label={text(`reports.${name}`)}
            value={new Date(`${query[name]}T12:00:00`)}
            onChange={(date: Date | undefined) => date && setQuery({ [name]: dayOf(date) })}
          />
        </Box>
      ))}
      {choices
        .filter(({ options }) => options.length > 0)
        .map(({ name, label, options }) => (
          <FilterSelect
            key={name}
            label={label}
            options={options}
            value={query[name]}
            onChange={(value) => setQuery({ [name]: value })}
            minWidth="14rem"
          />
        ))}
    </Flex>
  );
}

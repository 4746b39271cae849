import { Table, Tbody, Td, Th, Thead, Tr, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { useDuration } from '../shared/hooks/useDuration';
import { useText } from '../shared/hooks/useText';
import type { ReportGroup } from '../api/reports';

const COLUMNS = ['opened', 'solved', 'answered', 'averageResponse', 'content'] as const;

interface GroupTableProps {
  label: string;
  /** What those that belong to none are called. */
  nobody: string;
  groups: ReportGroup[];
}

/** Numbers by who, where or what, with a bar for how many were opened. */
export function GroupTable({ label, nobody, groups }: GroupTableProps) {
  const text = useText();
  const { formatNumber } = useIntl();
  const duration = useDuration();
  const most = Math.max(1, ...groups.map(({ opened }) => opened));
  return (
    <Table colCount={COLUMNS.length + 1} rowCount={groups.length + 1} aria-label={label}>
      <Thead>
        <Tr>
          <Th>
            <Typography variant="sigma" textColor="neutral600">
              {text('scanners.name')}
            </Typography>
          </Th>
          {COLUMNS.map((column) => (
            <Th key={column}>
              <Typography variant="sigma" textColor="neutral600">
                {text(`reports.${column}`)}
              </Typography>
            </Th>
          ))}
        </Tr>
      </Thead>
      <Tbody>
        {groups.map(({ name, opened, solved, answered, averageResponse, rated, ratedGood }) => (
          <Tr key={name}>
            <Td>
              <Typography textColor="neutral800">{name ?? nobody}</Typography>
              <Bar $part={opened / most} />
            </Td>
            {[
              formatNumber(opened),
              formatNumber(solved),
              formatNumber(answered),
              averageResponse === null ? '—' : duration(averageResponse),
              rated === 0 ? '—' : `${formatNumber(ratedGood / rated, { style: 'percent' })} (${formatNumber(rated)})`,
            ].map((value, index) => (
              <Td key={COLUMNS[index]}>
                <Typography textColor="neutral800">{value}</Typography>
              </Td>
            ))}
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

const Bar = styled.div<{ $part: number }>`
  width: ${({ $part }) => Math.round($part * 100)}%;
  height: 0.4rem;
  background: ${({ theme }) => theme.colors.primary600};
`;

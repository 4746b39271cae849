import { Box } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { useText } from '../shared/hooks/useText';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** When the most tickets come in: the darker, the more. It is a table of numbers, too. */
export function HoursTable({ hours }: { hours: number[] }) {
  const text = useText();
  const { formatDate } = useIntl();
  const most = Math.max(1, ...hours);
  // 2024 began with a Monday.
  const nameOf = (day: number) => formatDate(new Date(Date.UTC(2024, 0, 1 + day)), { weekday: 'short', timeZone: 'UTC' });
  return (
    // Wider than a phone: it is scrolled, by keys as well.
    <Box overflow="auto" tabIndex={0} role="region" aria-label={text('reports.hours')}>
      <Grid>
        <thead>
          <tr>
            <td />
            {HOURS.map((hour) => (
              <th key={hour} scope="col">
                {hour}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: 7 }, (_, day) => (
            <tr key={day}>
              <th scope="row">{nameOf(day)}</th>
              {HOURS.map((hour) => {
                const count = hours[day * 24 + hour];
                return (
                  <td key={hour}>
                    <Mark $part={count / most}>{count || ''}</Mark>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </Grid>
    </Box>
  );
}

const Grid = styled.table`
  min-width: 100%;
  font-size: 1.2rem;
  color: ${({ theme }) => theme.colors.neutral800};

  th,
  td {
    padding: 0.1rem;
    text-align: center;
  }
`;

/** A line below says how many, so that the number stays readable on any ground. */
const Mark = styled.div<{ $part: number }>`
  min-width: 2.4rem;
  height: 3rem;
  line-height: 2rem;
  border-bottom: ${({ $part }) => Math.round($part * 10) / 10}rem solid ${({ theme }) => theme.colors.primary600};
  background: ${({ theme, $part }) => ($part > 0 ? theme.colors.primary100 : theme.colors.neutral100)};
`;

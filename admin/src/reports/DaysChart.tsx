import { Box, Flex, Typography, VisuallyHidden } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { useText } from '../shared/hooks/useText';
import type { ReportDay } from '../api/reports';

const HEIGHT = 120;
const WIDTH = 800;

/** What was opened and what was solved, day by day: a picture for the eye, and the same as a table for somebody who does not see it. */
export function DaysChart({ days }: { days: ReportDay[] }) {
  const text = useText();
  const { formatDate, formatNumber } = useIntl();
  const most = Math.max(...days.flatMap(({ opened, solved }) => [opened, solved]));
  const step = WIDTH / days.length;
  const bar = (value: number) => (value / Math.max(1, most)) * HEIGHT;
  const nameOf = (date: string) => formatDate(`${date}T00:00:00Z`, { dateStyle: 'medium', timeZone: 'UTC' });
  return (
    <Box>
      <Picture viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden>
        {days.map(({ date, opened, solved }, index) => (
          <g key={date}>
            <title>{`${nameOf(date)}: ${text('reports.opened')} ${opened}, ${text('reports.solved')} ${solved}`}</title>
            <rect className="opened" x={index * step + step * 0.1} width={step * 0.4} y={HEIGHT - bar(opened)} height={bar(opened)} />
            <rect className="solved" x={index * step + step * 0.5} width={step * 0.4} y={HEIGHT - bar(solved)} height={bar(solved)} />
          </g>
        ))}
      </Picture>
      <Flex gap={4} wrap="wrap" justifyContent="space-between" aria-hidden>
        <Typography variant="pi" textColor="neutral600">
          {nameOf(days[0].date)}
        </Typography>
        <Below>
          <Legend $colour="primary600">{text('reports.opened')}</Legend>
          <Legend $colour="success600">{text('reports.solved')}</Legend>
          <Typography variant="pi" textColor="neutral600">
            {text('reports.most', { count: formatNumber(most) })}
          </Typography>
        </Below>
        <Typography variant="pi" textColor="neutral600">
          {nameOf(days.at(-1)!.date)}
        </Typography>
      </Flex>
      <VisuallyHidden>
        <table>
          <caption>{text('reports.days')}</caption>
          <thead>
            <tr>
              <th scope="col">{text('reports.day')}</th>
              <th scope="col">{text('reports.opened')}</th>
              <th scope="col">{text('reports.solved')}</th>
            </tr>
          </thead>
          <tbody>
            {days.map(({ date, opened, solved }) => (
              <tr key={date}>
                <th scope="row">{nameOf(date)}</th>
                <td>{opened}</td>
                <td>{solved}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </Box>
  );
}

const Picture = styled.svg`
  display: block;
  width: 100%;
  height: 12rem;
  border-bottom: 1px solid ${({ theme }) => theme.colors.neutral300};

  .opened {
    fill: ${({ theme }) => theme.colors.primary600};
  }

  .solved {
    fill: ${({ theme }) => theme.colors.success600};
  }
`;

/** Between the two days, or below them where there is no room. */
const Below = styled.div`
  display: flex;
  flex-wrap: wrap;
  gap: 0.4rem 1.6rem;

  @media (max-width: 520px) {
    order: 1;
    width: 100%;
  }
`;

const Legend = styled.span<{ $colour: 'primary600' | 'success600' }>`
  color: ${({ theme }) => theme.colors.neutral800};
  font-size: 1.2rem;

  &::before {
    content: '';
    display: inline-block;
    width: 1rem;
    height: 1rem;
    margin-inline-end: 0.6rem;
    background: ${({ theme, $colour }) => theme.colors[$colour]};
  }
`;

import { Box, Flex, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import { useIntl } from 'react-intl';
import { useDuration } from '../shared/hooks/useDuration';
import { useText } from '../shared/hooks/useText';
import type { Report, ReportNumbers, Spread } from '../api/reports';

/** The numbers of the days, each with that of as many days before. */
export function Numbers({ report: { openNow, numbers, before } }: { report: Report }) {
  const text = useText();
  const { formatNumber } = useIntl();
  const duration = useDuration();
  const took = (seconds: number | null) => (seconds === null ? '—' : duration(seconds));
  const kept = ({ withTarget, onTime }: Spread) => (withTarget === 0 ? '—' : formatNumber(onTime / withTarget, { style: 'percent' }));
  const content = ({ good, ok, bad }: ReportNumbers['ratings']) => {
    const total = good + ok + bad;
    return total === 0 ? '—' : `${formatNumber(good / total, { style: 'percent' })} (${formatNumber(total)})`;
  };
  const told: { label: string; now: string; before?: string }[] = [
    { label: text('reports.opened'), now: formatNumber(numbers.opened), before: formatNumber(before.opened) },
    { label: text('reports.solved'), now: formatNumber(numbers.solved), before: formatNumber(before.solved) },
    { label: text('reports.openNow'), now: formatNumber(openNow) },
    ...(['firstResponse', 'resolution'] as const).flatMap((name) => [
      { label: text(`reports.${name}Median`), now: took(numbers[name].median), before: took(before[name].median) },
      { label: text(`reports.${name}P90`), now: took(numbers[name].p90), before: took(before[name].p90) },
      { label: text(`reports.${name}OnTime`), now: kept(numbers[name]), before: kept(before[name]) },
    ]),
    { label: text('reports.content'), now: content(numbers.ratings), before: content(before.ratings) },
  ];
  return (
    <Cards tag="dl">
      {told.map(({ label, now, before: earlier }) => (
        <Flex
          key={label}
          direction="column"
          alignItems="flex-start"
          gap={1}
          background="neutral0"
          shadow="tableShadow"
          hasRadius
          padding={4}
        >
          <Typography tag="dt" variant="pi" textColor="neutral600">
            {label}
          </Typography>
          <Typography tag="dd" variant="beta" textColor="neutral800">
            {now}
          </Typography>
          {earlier !== undefined && (
            <Typography tag="dd" variant="pi" textColor="neutral600">
              {text('reports.before', { value: earlier })}
            </Typography>
          )}
        </Flex>
      ))}
    </Cards>
  );
}

const Cards = styled(Box)`
  display: grid;
  gap: 1.6rem;
  grid-template-columns: repeat(auto-fill, minmax(min(20rem, 42%), 1fr));
`;

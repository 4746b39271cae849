import * as React from 'react';
import { Box, Flex, Typography, VisuallyHidden } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { useOpenedTicketsQuery } from '../../api/tickets';
import { useText } from '../../shared/hooks/useText';

const DAYS = 14;
const BAR_REM = 2.4;

/** The beginnings of the last days, by this browser's clock and time zone; oldest first. */
function lastDays(): Date[] {
  const today = new Date();
  return Array.from({ length: DAYS }, (_, index) => new Date(today.getFullYear(), today.getMonth(), today.getDate() - DAYS + 1 + index));
}

/** The number of tickets opened on each of the last days: all that the user sees, or their own. Bars to look at, and a list for screen readers. */
export function NewPerDay({ own }: { own?: 'true' }) {
  const text = useText();
  const { formatDate, formatNumber } = useIntl();
  const starts = React.useMemo(() => lastDays().map((day) => day.toISOString()), []);
  const { data } = useOpenedTicketsQuery({ starts, own }, { refetchOnMountOrArgChange: true });
  if (!data) return null;
  const most = Math.max(1, ...data.map(({ count }) => count));
  const total = data.reduce((sum, { count }) => sum + count, 0);
  const day = (since: string) => formatDate(since, { weekday: 'short', day: 'numeric', month: 'short' });
  return (
    <Box tag="figure" margin={0} padding={1}>
      <Typography tag="figcaption" variant="pi" textColor="neutral600">
        {text('inbox.newPerDay', { count: total, days: DAYS })}
      </Typography>
      <Flex aria-hidden alignItems="flex-end" gap={1} paddingTop={1} height={`${BAR_REM + 0.4}rem`}>
        {data.map(({ since, count }) => (
          <Box
            key={since}
            title={`${day(since)}: ${formatNumber(count)}`}
            flex="1"
            background={count > 0 ? 'primary500' : 'neutral200'}
            height={count > 0 ? `${Math.max(0.4, (count / most) * BAR_REM)}rem` : '0.2rem'}
            borderRadius="2px"
          />
        ))}
      </Flex>
      <Flex aria-hidden justifyContent="space-between">
        {[data[0], data[data.length - 1]].map(({ since }) => (
          <Typography key={since} variant="pi" textColor="neutral600">
            {day(since)}
          </Typography>
        ))}
      </Flex>
      <VisuallyHidden>
        <ul>
          {data.map(({ since, count }) => (
            <li key={since}>{`${day(since)}: ${formatNumber(count)}`}</li>
          ))}
        </ul>
      </VisuallyHidden>
    </Box>
  );
}

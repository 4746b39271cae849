import { Box, Flex, Grid, Typography } from '@strapi/design-system';
import { Widget } from '@strapi/strapi/admin';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import { useTicketSummaryQuery, type HelpdeskSummary } from '../../api/tickets';
import { useText, type TextKey } from '../../utils/useText';
import { NewPerDay } from './NewPerDay';

/** `isAlarm`: more than none is a reason to look. */
const NUMBERS: { label: TextKey; to: string; count(summary: HelpdeskSummary): number; isAlarm?: boolean }[] = [
  { label: 'inbox.view.open', to: '/plugins/mail-scanner?view=open', count: ({ views }) => views.open },
  { label: 'inbox.view.unassigned', to: '/plugins/mail-scanner?view=unassigned', count: ({ views }) => views.unassigned },
  { label: 'inbox.view.waiting', to: '/plugins/mail-scanner?view=waiting', count: ({ views }) => views.waiting },
  {
    label: 'inbox.failedDeliveries',
    to: '/plugins/mail-scanner/outbox?state=failed',
    count: ({ failedDeliveries }) => failedDeliveries,
    isAlarm: true,
  },
  {
    label: 'inbox.unhealthyScanners',
    to: '/settings/mail-scanner/scanners',
    count: ({ unhealthyScanners }) => unhealthyScanners,
    isAlarm: true,
  },
];

/** The helpdesk on the home page. */
export function HelpdeskWidget() {
  const text = useText();
  const { data, isLoading } = useTicketSummaryQuery(undefined, { refetchOnMountOrArgChange: true });
  if (isLoading) return <Widget.Loading />;
  if (!data) return <Widget.Error />;
  // The home page gives a widget little height: what needs somebody comes first.
  return (
    <Flex direction="column" alignItems="stretch">
      <Grid.Root gap={2} padding={1}>
        {NUMBERS.map(({ label, to, count, isAlarm }) => (
          <Grid.Item key={label} col={4} xs={6} direction="column" alignItems="stretch">
            <NumberLink to={to}>
              <Box padding={2} hasRadius borderColor="neutral150">
                <Flex direction="column" alignItems="flex-start">
                  <Typography variant="beta" textColor={isAlarm && count(data) > 0 ? 'danger600' : 'neutral800'}>
                    {count(data)}
                  </Typography>
                  <Typography variant="pi" textColor="neutral600">
                    {text(label)}
                  </Typography>
                </Flex>
              </Box>
            </NumberLink>
          </Grid.Item>
        ))}
      </Grid.Root>
      <NewPerDay />
    </Flex>
  );
}

const NumberLink = styled(Link)`
  text-decoration: none;
`;

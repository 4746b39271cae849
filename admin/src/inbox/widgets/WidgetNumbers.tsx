import { Box, Flex, Grid, Typography } from '@strapi/design-system';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';

interface WidgetNumber {
  label: string;
  /** The list that is counted. */
  to: string;
  count: number;
  /** More than none is a reason to look. */
  isAlarm?: boolean;
}

/** The numbers of a widget of the home page, each a link to what it counts. */
export function WidgetNumbers({ numbers }: { numbers: WidgetNumber[] }) {
  return (
    <Grid.Root gap={2} padding={1}>
      {numbers.map(({ label, to, count, isAlarm }) => (
        <Grid.Item key={label} col={4} xs={6} direction="column" alignItems="stretch">
          <NumberLink to={to}>
            <Box padding={2} hasRadius borderColor="neutral150">
              <Flex direction="column" alignItems="flex-start">
                <Typography variant="beta" textColor={isAlarm && count > 0 ? 'danger600' : 'neutral800'}>
                  {count}
                </Typography>
                <Typography variant="pi" textColor="neutral600">
                  {label}
                </Typography>
              </Flex>
            </Box>
          </NumberLink>
        </Grid.Item>
      ))}
    </Grid.Root>
  );
}

const NumberLink = styled(Link)`
  text-decoration: none;
`;

import * as React from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';

interface PanelProps {
  title?: string;
  hint?: string;
  action?: React.ReactNode;
  children: React.ReactNode;
}

/** A white box with a heading, as Strapi's forms have them. */
export function Panel({ title, hint, action, children }: PanelProps) {
  return (
    <Box tag="section" background="neutral0" hasRadius shadow="filterShadow" padding={{ initial: 4, medium: 6 }}>
      <Flex direction="column" alignItems="stretch" gap={4}>
        {title && (
          <Flex justifyContent="space-between" alignItems="flex-start" gap={3} wrap="wrap">
            <Flex direction="column" alignItems="stretch" gap={1}>
              <Typography variant="delta" tag="h2">
                {title}
              </Typography>
              {hint && <Typography textColor="neutral600">{hint}</Typography>}
            </Flex>
            {action}
          </Flex>
        )}
        {children}
      </Flex>
    </Box>
  );
}

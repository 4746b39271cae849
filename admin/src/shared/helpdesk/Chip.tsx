import * as React from 'react';
import { Box, Typography } from '@strapi/design-system';

/** Of the colours of the design system, which has a light and a dark one of each. */
export type Shade = 'neutral' | 'primary' | 'secondary' | 'alternative' | 'success' | 'warning' | 'danger';

/**
 * A word on a colour. Words in the colour itself, as the design system's badges have them, are too pale on it. In the dark theme all grounds
 * are the same, so the border shows the colour.
 */
export function Chip({ shade, children }: { shade: Shade; children: React.ReactNode }) {
  return (
    <Box
      tag="span"
      background={`${shade}100`}
      borderColor={`${shade}500`}
      paddingLeft={2}
      paddingRight={2}
      hasRadius
      maxWidth="20rem"
      style={{ display: 'inline-flex' }}
    >
      <Typography tag="span" variant="pi" fontWeight="bold" textColor="neutral800" ellipsis>
        {children}
      </Typography>
    </Box>
  );
}

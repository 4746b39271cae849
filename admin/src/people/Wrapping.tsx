import * as React from 'react';
import { Box } from '@strapi/design-system';

/** Long names take another line, not the whole width. */
export const Wrapping = ({ children }: { children: React.ReactNode }) => (
  <Box maxWidth={{ initial: '16rem', medium: '36rem' }} style={{ whiteSpace: 'normal', overflowWrap: 'anywhere' }}>
    {children}
  </Box>
);

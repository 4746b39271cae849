import { Grid } from '@strapi/design-system';
import * as React from 'react';

/** A field's place in a grid of twelve: full width on a phone. */
export function Cell({ col = 6, children }: { col?: number; children: React.ReactNode }) {
  return (
    <Grid.Item col={col} xs={12} direction="column" alignItems="stretch">
      {children}
    </Grid.Item>
  );
}

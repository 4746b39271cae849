import type * as React from 'react';
import { Flex, Typography } from '@strapi/design-system';
import { Paperclip } from '@strapi/icons';

/** A file in a list of files: its name, and behind it what `children` are, such as its size and buttons. */
export function FileChip({ name, children }: React.PropsWithChildren<{ name: string }>) {
  return (
    <Flex tag="li" gap={1} paddingLeft={3} background="neutral0" borderColor="neutral200" hasRadius maxWidth="100%">
      <Paperclip aria-hidden width="1.2rem" height="1.2rem" />
      <Typography variant="pi" textColor="neutral800" ellipsis maxWidth="24rem">
        {name}
      </Typography>
      {children}
    </Flex>
  );
}

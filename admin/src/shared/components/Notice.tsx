import * as React from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';
import { CheckCircle, Information, WarningCircle } from '@strapi/icons';

type Variant = 'info' | 'success' | 'warning' | 'danger';

const LOOKS: Record<Variant, { icon: React.ElementType; color: string; background: string; border: string }> = {
  info: { icon: Information, color: 'primary600', background: 'primary100', border: 'primary200' },
  success: { icon: CheckCircle, color: 'success600', background: 'success100', border: 'success200' },
  warning: { icon: WarningCircle, color: 'warning600', background: 'warning100', border: 'warning200' },
  danger: { icon: WarningCircle, color: 'danger600', background: 'danger100', border: 'danger200' },
};

interface NoticeProps {
  variant: Variant;
  title?: string;
  children?: React.ReactNode;
  /** Read out when it appears. */
  live?: boolean;
}

/** A message that stays, unlike a notification. */
export function Notice({ variant, title, children, live }: NoticeProps) {
  const { icon: Icon, color, background, border } = LOOKS[variant];
  return (
    <Flex
      gap={3}
      padding={4}
      alignItems="flex-start"
      hasRadius
      background={background}
      borderColor={border}
      role={live ? (variant === 'danger' ? 'alert' : 'status') : undefined}
    >
      <Box paddingTop={1} flex="none" aria-hidden>
        <Icon fill={color} width="1.6rem" height="1.6rem" />
      </Box>
      <Flex direction="column" alignItems="stretch" gap={1} flex="1" minWidth={0}>
        {title && (
          <Typography fontWeight="bold" textColor="neutral800">
            {title}
          </Typography>
        )}
        {typeof children === 'string' ? <Typography textColor="neutral800">{children}</Typography> : children}
      </Flex>
    </Flex>
  );
}

import { Flex, Typography, type TypographyProps } from '@strapi/design-system';
import { useIntl } from 'react-intl';

/** A moment in the administrator's language and time zone. */
export function When({
  at,
  fallback = '—',
  ...props
}: { at: string | null | undefined; fallback?: string } & Omit<TypographyProps, 'children'>) {
  const { formatDate } = useIntl();
  if (!at) return <Typography {...props}>{fallback}</Typography>;
  return (
    <Typography {...props}>
      <time dateTime={at}>{formatDate(at, { dateStyle: 'medium', timeStyle: 'short' })}</time>
    </Typography>
  );
}

/** The same for a table: the time below the day, and what else fits there. */
export function WhenCell({ at, also, fallback = '—' }: { at: string | null | undefined; also?: string; fallback?: string }) {
  const { formatDate } = useIntl();
  if (!at) return <Typography textColor="neutral800">{fallback}</Typography>;
  return (
    <Flex direction="column" alignItems="flex-start" maxWidth="20rem">
      <Typography textColor="neutral800">
        <time dateTime={at}>{formatDate(at, { dateStyle: 'medium' })}</time>
      </Typography>
      <Typography variant="pi" textColor="neutral600" ellipsis maxWidth="100%">
        {[formatDate(at, { timeStyle: 'short' }), also].filter(Boolean).join(' · ')}
      </Typography>
    </Flex>
  );
}

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

/** The same where there is little room, as mail programs say it: of today the time, else the day. The whole of it shows on hovering. */
export function WhenBrief({ at, ...props }: { at: string } & Omit<TypographyProps, 'children'>) {
  const { formatDate } = useIntl();
  const [date, now] = [new Date(at), new Date()];
  const options: Parameters<typeof formatDate>[1] =
    date.toDateString() === now.toDateString()
      ? { timeStyle: 'short' }
      : { day: 'numeric', month: 'short', ...(date.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' }) };
  return (
    <Typography {...props}>
      <time dateTime={at} title={formatDate(at, { dateStyle: 'full', timeStyle: 'short' })}>
        {formatDate(at, options)}
      </time>
    </Typography>
  );
}

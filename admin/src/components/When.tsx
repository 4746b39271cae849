import { Typography, type TypographyProps } from '@strapi/design-system';
import { useIntl } from 'react-intl';

/** A moment in the administrator's language and time zone. */
export function When({ at, fallback = '—', ...props }: { at: string | null | undefined; fallback?: string } & Omit<TypographyProps, 'children'>) {
  const { formatDate } = useIntl();
  if (!at) return <Typography {...props}>{fallback}</Typography>;
  return (
    <Typography {...props}>
      <time dateTime={at}>{formatDate(at, { dateStyle: 'medium', timeStyle: 'short' })}</time>
    </Typography>
  );
}

import { useIntl } from 'react-intl';
import { useText } from '../hooks/useText';

/** Until when a ticket is put off, in words; null for one that is not. */
export function useSnoozeText(): (ticket: { snoozedAt: string | null; snoozedUntil: string | null }) => string | null {
  const text = useText();
  const { formatDate } = useIntl();
  return ({ snoozedAt, snoozedUntil }) => {
    if (!snoozedAt) return null;
    if (!snoozedUntil) return text('snooze.untilAnswer');
    return text('snooze.until', { when: formatDate(snoozedUntil, { dateStyle: 'medium', timeStyle: 'short' }) });
  };
}

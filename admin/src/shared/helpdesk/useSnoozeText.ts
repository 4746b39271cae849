import { useIntl } from 'react-intl';
import { useText } from '../hooks/useText';

/** Short: in a list, what does not fit is cut off. */
const SHORT = { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' } as const;

/** Until when a ticket is put off, in words; null for one that is not. */
export function useSnoozeText(): (ticket: { snoozedAt: string | null; snoozedUntil: string | null }) => string | null {
  const text = useText();
  const { formatDate } = useIntl();
  return ({ snoozedAt, snoozedUntil }) => {
    if (!snoozedAt) return null;
    if (!snoozedUntil) return text('snooze.untilAnswer');
    const isThisYear = new Date(snoozedUntil).getFullYear() === new Date().getFullYear();
    const when = formatDate(snoozedUntil, isThisYear ? SHORT : { ...SHORT, year: 'numeric' });
    return text('snooze.until', { when });
  };
}

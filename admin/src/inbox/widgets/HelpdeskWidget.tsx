import { Flex } from '@strapi/design-system';
import { Widget } from '@strapi/strapi/admin';
import { useTicketSummaryQuery, type HelpdeskSummary } from '../../api/tickets';
import { useText, type TextKey } from '../../shared/hooks/useText';
import { NewPerDay } from './NewPerDay';
import { WidgetNumbers } from './WidgetNumbers';

const NUMBERS: { label: TextKey; to: string; count(summary: HelpdeskSummary): number; isAlarm?: boolean }[] = [
  { label: 'inbox.view.open', to: '/plugins/mail-scanner?view=open', count: ({ views }) => views.open },
  { label: 'inbox.view.unassigned', to: '/plugins/mail-scanner?view=unassigned', count: ({ views }) => views.unassigned },
  { label: 'inbox.view.waiting', to: '/plugins/mail-scanner?view=waiting', count: ({ views }) => views.waiting },
  {
    label: 'inbox.failedDeliveries',
    to: '/plugins/mail-scanner/outbox?state=failed',
    count: ({ failedDeliveries }) => failedDeliveries,
    isAlarm: true,
  },
  {
    label: 'inbox.unhealthyScanners',
    to: '/settings/mail-scanner/scanners',
    count: ({ unhealthyScanners }) => unhealthyScanners,
    isAlarm: true,
  },
];

/** The helpdesk on the home page. */
export function HelpdeskWidget() {
  const text = useText();
  const { data, isLoading } = useTicketSummaryQuery(undefined, { refetchOnMountOrArgChange: true });
  if (isLoading) return <Widget.Loading />;
  if (!data) return <Widget.Error />;
  const numbers = NUMBERS.map(({ label, to, count, isAlarm }) => ({ label: text(label), to, count: count(data), isAlarm }));
  // The home page gives a widget little height: what needs attention comes first.
  return (
    <Flex direction="column" alignItems="stretch">
      <WidgetNumbers numbers={numbers} />
      <NewPerDay />
    </Flex>
  );
}

import { Flex } from '@strapi/design-system';
import { useAuth, Widget } from '@strapi/strapi/admin';
import { useTicketSummaryQuery } from '../../api/tickets';
import { useText } from '../../shared/hooks/useText';
import { NewPerDay } from './NewPerDay';
import { HELPDESK } from '../../shared/helpdesk/places';
import { WidgetNumbers } from './WidgetNumbers';

/** The user's own tickets on the home page, for users who may see no others. */
export function MyTicketsWidget() {
  const text = useText();
  const me = useAuth('MailScannerMyTickets', ({ user }) => user?.id);
  const { data, isLoading } = useTicketSummaryQuery({ own: 'true' }, { refetchOnMountOrArgChange: true });
  if (isLoading) return <Widget.Loading />;
  if (!data) return <Widget.Error />;
  const { views, failedDeliveries } = data;
  return (
    <Flex direction="column" alignItems="stretch">
      <WidgetNumbers
        numbers={[
          { label: text('inbox.view.open'), to: `${HELPDESK}?view=open&assignee=${me}`, count: views.open },
          { label: text('inbox.view.waiting'), to: `${HELPDESK}?view=waiting&assignee=${me}`, count: views.waiting },
          { label: text('inbox.failedDeliveries'), to: `${HELPDESK}/outbox?state=failed`, count: failedDeliveries, isAlarm: true },
        ]}
      />
      <NewPerDay own="true" />
    </Flex>
  );
}

import { Td, Typography } from '@strapi/design-system';
import { RecordListPage } from '../shared/components/RecordListPage';
import { useText } from '../shared/hooks/useText';
import { useDeleteWebhookMutation, useWebhooksQuery } from './api/webhooks';

export function WebhookTable() {
  const text = useText();
  const list = useWebhooksQuery(undefined, { refetchOnMountOrArgChange: true });
  const [remove] = useDeleteWebhookMutation();
  return (
    <RecordListPage
      list={list}
      title="webhooks.title"
      subtitle="webhooks.subtitle"
      add="webhooks.add"
      none="webhooks.none"
      deleteText="webhooks.deleteText"
      columns={['scanners.name', 'scanner.host', 'webhooks.calls']}
      remove={remove}
    >
      {({ name, host, waiting, failed }) => (
        <>
          <Td>
            <Typography fontWeight="bold" textColor="neutral800">
              {name}
            </Typography>
          </Td>
          <Td>
            <Typography textColor="neutral800">{host}</Typography>
          </Td>
          <Td>
            <Typography textColor={failed > 0 ? 'danger600' : 'neutral800'}>{text('webhooks.state', { waiting, failed })}</Typography>
          </Td>
        </>
      )}
    </RecordListPage>
  );
}

import { Typography } from '@strapi/design-system';
import { RecordListPage, RecordName } from '../shared/components/RecordListPage';
import { useText } from '../shared/hooks/useText';
import { useDeleteWebhookMutation, useWebhooksQuery } from '../api/webhooks';

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
      columns={[
        ['scanners.name', ({ name }) => <RecordName>{name}</RecordName>],
        ['scanner.host', ({ host }) => host],
        [
          'webhooks.calls',
          ({ waiting, failed }) => (
            <Typography textColor={failed > 0 ? 'danger600' : 'neutral800'}>{text('webhooks.state', { waiting, failed })}</Typography>
          ),
        ],
      ]}
      remove={remove}
    />
  );
}

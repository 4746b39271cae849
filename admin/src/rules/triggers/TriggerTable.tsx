import { Td, Typography } from '@strapi/design-system';
import { RecordListPage } from '../../shared/components/RecordListPage';
import { useDuration } from '../../shared/hooks/useDuration';
import { useText } from '../../shared/hooks/useText';
import { TriggersMenu } from './TriggersMenu';
import { useDeleteTriggerMutation, useTriggersQuery } from './api/triggers';

export function TriggerTable() {
  const text = useText();
  const duration = useDuration();
  const list = useTriggersQuery(undefined, { refetchOnMountOrArgChange: true });
  const [remove] = useDeleteTriggerMutation();
  return (
    <RecordListPage
      list={list}
      title="triggers.title"
      subtitle="triggers.subtitle"
      add="triggers.add"
      none="triggers.none"
      deleteText="triggers.deleteText"
      columns={['scanners.name', 'triggers.when', 'scanners.active']}
      remove={remove}
      secondaryAction={list.data && <TriggersMenu triggers={list.data} />}
    >
      {({ name, state, minutes, active }) => (
        <>
          <Td>
            <Typography fontWeight="bold" textColor="neutral800">
              {name}
            </Typography>
          </Td>
          <Td>
            <Typography textColor="neutral800">
              {text(`triggers.state.${state}`)} · {duration(minutes * 60)}
            </Typography>
          </Td>
          <Td>
            <Typography textColor="neutral800">{text(active ? 'common.on' : 'common.off')}</Typography>
          </Td>
        </>
      )}
    </RecordListPage>
  );
}

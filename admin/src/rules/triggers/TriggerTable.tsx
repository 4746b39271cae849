import { RecordListPage, RecordName } from '../../shared/components/RecordListPage';
import { useDuration } from '../../shared/hooks/useDuration';
import { useText } from '../../shared/hooks/useText';
import { TriggersMenu } from './TriggersMenu';
import { useDeleteTriggerMutation, useTriggersQuery } from '../../api/triggers';

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
      columns={[
        ['scanners.name', ({ name }) => <RecordName>{name}</RecordName>],
        ['triggers.when', ({ state, minutes }) => `${text(`triggers.state.${state}`)} · ${duration(minutes * 60)}`],
        ['scanners.active', ({ active }) => text(active ? 'common.on' : 'common.off')],
      ]}
      remove={remove}
      secondaryAction={list.data && <TriggersMenu triggers={list.data} />}
    />
  );
}

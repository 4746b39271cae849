import { useDeleteTagMutation, useTagsQuery } from '../api/tags';
import { RecordListPage } from '../shared/components/RecordListPage';
import { TagChip } from '../shared/helpdesk/TagChips';

export function TagTable() {
  const list = useTagsQuery();
  const [remove] = useDeleteTagMutation();
  return (
    <RecordListPage
      list={list}
      title="tags.title"
      subtitle="tags.subtitle"
      add="tags.add"
      none="tags.none"
      deleteText="tags.deleteText"
      columns={[['scanners.name', (tag) => <TagChip {...tag} />]]}
      remove={remove}
    />
  );
}

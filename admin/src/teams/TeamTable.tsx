import { useDeleteTeamMutation, useTeamsQuery } from '../api/teams';
import { RecordListPage } from '../shared/components/RecordListPage';
import { nameOfAgent } from '../shared/helpdesk/names';
import { TagChip } from '../shared/helpdesk/TagChips';

export function TeamTable() {
  const list = useTeamsQuery();
  const [remove] = useDeleteTeamMutation();
  return (
    <RecordListPage
      list={list}
      title="teams.title"
      subtitle="teams.subtitle"
      add="teams.add"
      none="teams.none"
      deleteText="teams.deleteText"
      columns={[
        ['scanners.name', (team) => <TagChip {...team} />],
        ['teams.agents', ({ agents }) => agents.map(nameOfAgent).join(', ')],
      ]}
      remove={remove}
    />
  );
}

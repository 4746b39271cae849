import { useParams } from 'react-router-dom';
import { useSaveTagMutation, useTagsQuery } from '../api/tags';
import { Panel } from '../shared/components/Panel';
import { RecordFormPage } from '../shared/components/RecordFormPage';
import { NameAndColour } from '../shared/helpdesk/NameAndColour';

/** Name and colour of a tag. */
export function TagForm() {
  const { tagId = null } = useParams();
  const list = useTagsQuery(undefined, { refetchOnMountOrArgChange: true });
  const [saveTag] = useSaveTagMutation();
  return (
    <RecordFormPage
      list={list}
      id={tagId}
      add="tags.add"
      subtitle="tags.subtitle"
      valuesOf={(tag) => ({ name: tag?.name ?? '', colour: tag?.colour ?? 'grey' })}
      save={({ name, colour }) => saveTag({ id: tagId, data: { name, colour } })}
    >
      {() => (
        <Panel>
          <NameAndColour />
        </Panel>
      )}
    </RecordFormPage>
  );
}

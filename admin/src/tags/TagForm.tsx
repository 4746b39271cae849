import { Page, type FormHelpers } from '@strapi/strapi/admin';
import { useNavigate, useParams } from 'react-router-dom';
import { useSaveTagMutation, useTagsQuery, type TagInput } from '../inbox/api/tags';
import { FormPage } from '../shared/components/FormPage';
import { Panel } from '../shared/components/Panel';
import { NameAndColour } from '../shared/helpdesk/NameAndColour';
import { useSave } from '../shared/hooks/useSave';
import { useText } from '../shared/hooks/useText';

/** Name and colour of a tag. */
export function TagForm() {
  const text = useText();
  const navigate = useNavigate();
  const { tagId = null } = useParams();
  const save = useSave();
  const { data: tags, isLoading, error } = useTagsQuery(undefined, { refetchOnMountOrArgChange: true });
  const [saveTag] = useSaveTagMutation();
  const tag = tags?.find(({ documentId }) => documentId === tagId);
  if (isLoading) return <Page.Loading />;
  if (error || (tagId !== null && !tag)) return <Page.Error />;

  const submit = async (values: TagInput, helpers: FormHelpers<TagInput>) => {
    const data = { name: values.name, colour: values.colour };
    const saved = await save(saveTag({ id: tagId, data }), helpers, ({ name }) => ({ values, message: text('common.saved', { name }) }));
    if (saved) navigate('..');
  };

  return (
    <FormPage<TagInput>
      title={tag?.name ?? text('tags.add')}
      subtitle={text('tags.subtitle')}
      back=".."
      isNew={tagId === null}
      initialValues={{ name: tag?.name ?? '', colour: tag?.colour ?? 'grey' }}
      onSave={submit}
    >
      {() => (
        <Panel>
          <NameAndColour />
        </Panel>
      )}
    </FormPage>
  );
}

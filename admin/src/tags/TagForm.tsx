import { Field, Flex, SingleSelect, SingleSelectOption, TextInput } from '@strapi/design-system';
import { Page, useField, type FormHelpers } from '@strapi/strapi/admin';
import { useNavigate, useParams } from 'react-router-dom';
import { TAG_COLOURS, type TagColour } from '../../../shared/vocabulary';
import { useSaveTagMutation, useTagsQuery, type TagInput } from '../inbox/api/tags';
import { FormPage } from '../shared/components/FormPage';
import { Panel } from '../shared/components/Panel';
import { TagChip } from '../shared/helpdesk/TagChips';
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
          <Name />
          <Colour />
        </Panel>
      )}
    </FormPage>
  );
}

function Name() {
  const text = useText();
  const { value = '', onChange, error } = useField<string>('name');
  return (
    <Field.Root name="name" error={error} required>
      <Field.Label>{text('scanners.name')}</Field.Label>
      <TextInput value={value} onChange={onChange} maxLength={60} />
      <Field.Error />
    </Field.Root>
  );
}

function Colour() {
  const text = useText();
  const { value: name = '' } = useField<string>('name');
  const { value = 'grey', onChange, error } = useField<TagColour>('colour');
  return (
    <Field.Root name="colour" error={error} required>
      <Field.Label>{text('tags.colour')}</Field.Label>
      <SingleSelect value={value} onChange={(chosen: string | number) => onChange('colour', chosen as TagColour)}>
        {TAG_COLOURS.map((colour) => (
          <SingleSelectOption key={colour} value={colour}>
            {text(`tags.colour.${colour}`)}
          </SingleSelectOption>
        ))}
      </SingleSelect>
      <Field.Error />
      <Flex>
        <TagChip name={name || text('tags.colour')} colour={value} />
      </Flex>
    </Field.Root>
  );
}

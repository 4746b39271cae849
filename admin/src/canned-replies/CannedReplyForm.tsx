import { Field, TextInput } from '@strapi/design-system';
import { Page, useField, type FormHelpers } from '@strapi/strapi/admin';
import { useNavigate, useParams } from 'react-router-dom';
import { useCannedReplyQuery, useCannedReplyTagsQuery, useSaveCannedReplyMutation, type CannedReplyInput } from '../inbox/api/answering';
import { FormPage } from '../shared/components/FormPage';
import { HtmlField } from '../shared/components/HtmlField';
import { Panel } from '../shared/components/Panel';
import { useSave } from '../shared/hooks/useSave';
import { useText } from '../shared/hooks/useText';

/** Name and text of a canned reply. */
export function CannedReplyForm() {
  const text = useText();
  const navigate = useNavigate();
  const { replyId = null } = useParams();
  const save = useSave();
  const { data: reply, isLoading, error } = useCannedReplyQuery(replyId ?? '', { skip: replyId === null, refetchOnMountOrArgChange: true });
  const { data: tags = [] } = useCannedReplyTagsQuery();
  const [saveReply] = useSaveCannedReplyMutation();
  if (isLoading) return <Page.Loading />;
  if (error || (replyId !== null && !reply)) return <Page.Error />;

  const submit = async (values: CannedReplyInput, helpers: FormHelpers<CannedReplyInput>) => {
    const saved = await save(saveReply({ id: replyId, data: { name: values.name, body: values.body } }), helpers, ({ name }) => ({
      values,
      message: text('common.saved', { name }),
    }));
    if (saved) navigate('..');
  };

  return (
    <FormPage<CannedReplyInput>
      title={reply?.name ?? text('canned.add')}
      subtitle={text('canned.formHint')}
      back=".."
      isNew={replyId === null}
      initialValues={{ name: reply?.name ?? '', body: reply?.body ?? '' }}
      onSave={submit}
    >
      {() => (
        <Panel>
          <Name />
          <HtmlField tags={tags} />
        </Panel>
      )}
    </FormPage>
  );
}

function Name() {
  const text = useText();
  const { value = '', onChange, error } = useField<string>('name');
  return (
    <Field.Root name="name" error={error} hint={text('canned.nameHint')} required>
      <Field.Label>{text('scanners.name')}</Field.Label>
      <TextInput value={value} onChange={onChange} />
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
}

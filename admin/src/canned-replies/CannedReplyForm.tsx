import * as React from 'react';
import { Button, Field, Flex, Loader, TextInput, Typography } from '@strapi/design-system';
import { Check } from '@strapi/icons';
import { Blocker, Form, Layouts, Page, useField, type FormHelpers } from '@strapi/strapi/admin';
import { FreshErrors } from '../shared/components/FreshErrors';
import { useNavigate, useParams } from 'react-router-dom';
import { useCannedReplyQuery, useCannedReplyTagsQuery, useSaveCannedReplyMutation, type CannedReplyInput } from '../inbox/api/answering';
import { Back } from '../shared/components/Back';
import { Panel } from '../shared/components/Panel';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useText } from '../shared/hooks/useText';
import { PageMain } from '../shared/components/PageMain';

/** Apart, because it weighs more than all the rest. */
const HtmlEditor = React.lazy(() => import('../shared/components/HtmlEditor').then((module) => ({ default: module.HtmlEditor })));

/** Name and text of a canned reply. */
export function CannedReplyForm() {
  const text = useText();
  const navigate = useNavigate();
  const { replyId = null } = useParams();
  const { success, failure, fieldErrors } = useFeedback();
  const { data: reply, isLoading, error } = useCannedReplyQuery(replyId ?? '', { skip: replyId === null, refetchOnMountOrArgChange: true });
  const [saveReply] = useSaveCannedReplyMutation();
  if (isLoading) return <Page.Loading />;
  if (error || (replyId !== null && !reply)) return <Page.Error />;

  const save = async (values: CannedReplyInput, { setErrors, resetForm }: FormHelpers<CannedReplyInput>) => {
    const answer = await saveReply({ id: replyId, data: { name: values.name, body: values.body } });
    if ('error' in answer) {
      const errors = fieldErrors(answer.error!);
      if (errors) setErrors(errors as never);
      return failure(answer.error!);
    }
    resetForm(values);
    success(text('common.saved', { name: answer.data.name }));
    navigate('..');
  };

  const title = reply?.name ?? text('canned.add');
  return (
    <PageMain>
      <Page.Title>{title}</Page.Title>
      <Form<CannedReplyInput>
        method={replyId === null ? 'POST' : 'PUT'}
        initialValues={{ name: reply?.name ?? '', body: reply?.body ?? '' }}
        onSubmit={save}
      >
        {({ modified, isSubmitting }) => (
          <>
            <FreshErrors />
            <Layouts.Header
              navigationAction={<Back to=".." />}
              title={title}
              subtitle={text('canned.formHint')}
              primaryAction={
                <Button type="submit" startIcon={<Check />} disabled={!modified} loading={isSubmitting} size="S" fullWidth>
                  {text('common.save')}
                </Button>
              }
            />
            <Layouts.Content>
              <Panel>
                <Name />
                <Body />
              </Panel>
            </Layouts.Content>
            <Blocker />
          </>
        )}
      </Form>
    </PageMain>
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

function Body() {
  const text = useText();
  const { value = '', onChange, error } = useField<string>('body');
  const { data: tags = [] } = useCannedReplyTagsQuery();
  return (
    <Flex direction="column" alignItems="stretch" gap={1}>
      <Typography variant="pi" fontWeight="bold" textColor="neutral800" tag="p">
        {text('template.body')}
      </Typography>
      <React.Suspense fallback={<Loader>{text('common.loading')}</Loader>}>
        <HtmlEditor label={text('template.body')} value={value} onChange={(html) => onChange('body', html)} tags={tags} />
      </React.Suspense>
      {error && <Typography textColor="danger600">{error}</Typography>}
    </Flex>
  );
}

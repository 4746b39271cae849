import { RECIPIENTS, type Recipient } from '../../../../shared/vocabulary';
import * as React from 'react';
import { Button, Field, Grid, MultiSelect, MultiSelectOption } from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';
import { Page, useForm } from '@strapi/strapi/admin';
import { useParams } from 'react-router-dom';
import {
  useResetTemplateMutation,
  useTemplateQuery,
  useUpdateTemplateMutation,
  type EmailTemplate,
  type EmailTemplateInput,
} from '../api/emailTemplates';
import { Cell } from '../../shared/components/Cell';
import { DeleteDialog } from '../../shared/components/DeleteDialog';
import { FormPage } from '../../shared/components/FormPage';
import { HtmlField } from '../../shared/components/HtmlField';
import { Notice } from '../../shared/components/Notice';
import { OnOff } from '../../shared/components/OnOff';
import { Panel } from '../../shared/components/Panel';
import { useFeedback } from '../../shared/hooks/useFeedback';
import { useSave } from '../../shared/hooks/useSave';
import { useText, useTextOr } from '../../shared/hooks/useText';
import { missingTags } from './missingTags';
import { SubjectInput } from './SubjectInput';
import { TemplatePreview } from './TemplatePreview';

const valuesOf = ({ subject, body, sendTo, active }: EmailTemplate): EmailTemplateInput => ({ subject, body, sendTo, active });

/** Subject, text and recipients of an email, with how it looks on a real ticket. */
export function TemplateForm() {
  const text = useText();
  const textOr = useTextOr();
  const { templateKey = '' } = useParams();
  const save = useSave();
  const { data: template, isLoading, error } = useTemplateQuery(templateKey);
  const [update] = useUpdateTemplateMutation();
  // After a reset the form starts again, with the answer of the reset.
  const [{ resets, defaults }, setReset] = React.useState<{ resets: number; defaults: EmailTemplate | null }>({
    resets: 0,
    defaults: null,
  });

  if (isLoading) return <Page.Loading />;
  if (error || !template) return <Page.Error />;
  const title = textOr(`template.name.${template.key}`, template.name);

  return (
    <FormPage<EmailTemplateInput>
      key={resets}
      title={title}
      subtitle={textOr(`template.about.${template.key}`, '')}
      back=".."
      initialValues={valuesOf(defaults ?? template)}
      onSave={(values, helpers) =>
        save(update({ key: templateKey, data: values }), helpers, () => ({ values, message: text('common.saved', { name: title }) }))
      }
      secondaryAction={<Reset templateKey={templateKey} onReset={(original) => setReset({ resets: resets + 1, defaults: original })} />}
    >
      {({ values }) => (
        <>
          {missingTags(values, !template.isAutomatic).map((problem) => (
            <Notice key={problem} variant="warning" live>
              {text(problem)}
            </Notice>
          ))}
          <Panel>
            <Grid.Root gap={5}>
              {!template.isAutomatic && (
                <Cell>
                  <SendTo />
                </Cell>
              )}
              <Cell>
                <OnOff name="active" label={text('scanners.active')} hint={text('template.activeHint')} />
              </Cell>
              <Cell col={12}>
                <SubjectInput tags={template.tags} />
              </Cell>
              <Cell col={12}>
                <HtmlField tags={template.tags} />
              </Cell>
            </Grid.Root>
          </Panel>
          <TemplatePreview templateKey={templateKey} subject={values.subject} body={values.body} />
        </>
      )}
    </FormPage>
  );
}

function SendTo() {
  const text = useText();
  const { sendTo } = useForm('SendTo', (form) => form.values) as EmailTemplateInput;
  const { sendTo: error } = useForm('SendTo', (form) => form.errors) as { sendTo?: string };
  const onChange = useForm('SendTo', (form) => form.onChange);
  return (
    <Field.Root name="sendTo" error={error} required>
      <Field.Label>{text('template.sendTo')}</Field.Label>
      <MultiSelect value={sendTo} onChange={(chosen: string[]) => onChange('sendTo', chosen as Recipient[])}>
        {RECIPIENTS.map((recipient) => (
          <MultiSelectOption key={recipient} value={recipient}>
            {text(`recipient.${recipient}`)}
          </MultiSelectOption>
        ))}
      </MultiSelect>
      <Field.Error />
    </Field.Root>
  );
}

function Reset({ templateKey, onReset }: { templateKey: string; onReset(original: EmailTemplate): void }) {
  const text = useText();
  const { success, failure } = useFeedback();
  const [open, setOpen] = React.useState(false);
  const [reset, { isLoading }] = useResetTemplateMutation();
  const confirm = async () => {
    setOpen(false);
    const answer = await reset(templateKey);
    if ('error' in answer) return failure(answer.error!);
    success(text('template.resetDone'));
    onReset(answer.data);
  };
  return (
    <>
      <Button
        type="button"
        variant="tertiary"
        size="S"
        fullWidth
        startIcon={<ArrowClockwise />}
        loading={isLoading}
        onClick={() => setOpen(true)}
      >
        {text('template.reset')}
      </Button>
      <DeleteDialog open={open} title={text('template.reset')} onClose={() => setOpen(false)} onConfirm={confirm}>
        {text('template.resetText')}
      </DeleteDialog>
    </>
  );
}

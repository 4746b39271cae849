import { FORWARD_TEMPLATE, RECIPIENTS, type Language, type Recipient } from '../../../../shared/vocabulary';
import * as React from 'react';
import { Button, Field, Grid, MultiSelect, MultiSelectOption, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';
import { Page, useForm } from '@strapi/strapi/admin';
import { useIntl } from 'react-intl';
import { useParams } from 'react-router-dom';
import {
  useResetTemplateMutation,
  useTemplateQuery,
  useUpdateTemplateMutation,
  type EmailTemplate,
  type EmailTemplateInput,
} from '../../api/emailTemplates';
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
import { missingInForward, missingTags } from './missingTags';
import { SubjectInput } from './SubjectInput';
import { TemplatePreview } from './TemplatePreview';

/** With a text for each language, whether it is that language's own or not. */
const valuesOf = ({ subject, body, sendTo, active, languages }: EmailTemplate): EmailTemplateInput => ({
  subject,
  body,
  sendTo,
  active,
  texts: Object.fromEntries(languages.map((each) => [each.language, { subject: each.subject, body: each.body }])),
});

/** A language that says what it says by itself gets no text of its own. */
function changeOf({ texts, ...values }: EmailTemplateInput, { languages }: EmailTemplate): EmailTemplateInput {
  const own = languages.filter(({ language, subject, body, isOwn }) => {
    const text = texts[language];
    return isOwn || text?.subject !== subject || text.body !== body;
  });
  return { ...values, texts: Object.fromEntries(own.map(({ language }) => [language, texts[language]])) };
}

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

  const [chosen, setChosen] = React.useState<Language | null>(null);

  if (isLoading) return <Page.Loading />;
  if (error || !template) return <Page.Error />;
  // The site's text stands in the template itself.
  const other = template.languages.find(({ language }) => language === chosen)?.language;
  const isForward = templateKey === FORWARD_TEMPLATE;
  const place = other ? `texts.${other}.` : '';
  const title = textOr(`template.name.${template.key}`, template.name);

  return (
    <FormPage<EmailTemplateInput>
      key={resets}
      title={title}
      subtitle={textOr(`template.about.${template.key}`, '')}
      back=".."
      initialValues={valuesOf(defaults ?? template)}
      onSave={(values, helpers) =>
        save(update({ key: templateKey, data: changeOf(values, template) }), helpers, () => ({
          values,
          message: text('common.saved', { name: title }),
        }))
      }
      secondaryAction={<Reset templateKey={templateKey} onReset={(original) => setReset({ resets: resets + 1, defaults: original })} />}
    >
      {({ values }) => (
        <>
          {(isForward
            ? missingInForward(shownText(values, other))
            : missingTags(shownText(values, other), !template.isAutomatic, templateKey === 'satisfaction')
          ).map((problem) => (
            <Notice key={problem} variant="warning" live>
              {text(problem)}
            </Notice>
          ))}
          <Panel>
            <Grid.Root gap={5}>
              {!template.isAutomatic && !isForward && (
                <Cell>
                  <SendTo />
                </Cell>
              )}
              <Cell>
                <OnOff name="active" label={text('scanners.active')} hint={text('template.activeHint')} />
              </Cell>
              {template.languages.length > 0 && (
                <Cell col={12}>
                  <TextLanguage template={template} value={other ?? template.language} onChange={setChosen} />
                </Cell>
              )}
              <Cell col={12}>
                <SubjectInput key={place} tags={template.tags} name={`${place}subject`} />
              </Cell>
              <Cell col={12}>
                <HtmlField key={place} tags={template.tags} name={`${place}body`} />
              </Cell>
            </Grid.Root>
          </Panel>
          <TemplatePreview templateKey={templateKey} language={other ?? template.language} {...shownText(values, other)} />
        </>
      )}
    </FormPage>
  );
}

const shownText = ({ subject, body, texts }: EmailTemplateInput, other: Language | undefined) =>
  (other && texts[other]) ?? { subject, body };

/** Which language's text is shown; what was written in the others stays in the form. */
function TextLanguage({ template, value, onChange }: { template: EmailTemplate; value: Language; onChange(language: Language): void }) {
  const text = useText();
  const { locale } = useIntl();
  const names = new Intl.DisplayNames([locale], { type: 'language' });
  const own = template.languages.find(({ language }) => language === value);
  const hint = own && text(own.isOwn ? 'template.languageOwn' : 'template.languageNone');
  return (
    <Field.Root hint={hint}>
      <Field.Label>{text('template.language')}</Field.Label>
      <SingleSelect value={value} onChange={(language: string | number) => onChange(language as Language)}>
        {[template.language, ...template.languages.map(({ language }) => language)].map((language) => (
          <SingleSelectOption key={language} value={language}>
            {names.of(language) ?? language}
          </SingleSelectOption>
        ))}
      </SingleSelect>
      <Field.Hint />
    </Field.Root>
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
